//! The command line among other programs: pipes that close, colours, messages for machines, completions, pages of the
//! manual, a run that writes nothing, and the help of every command.

mod support;

use std::process::Stdio;

use support::{Workdir, read_folder};

const ARTICLE: &str = "Ferry opens\n\nBy Nuala Brennock\n3 March 2025\n\nHelen Marsh opened the ferry. “It is excellent,” \
                       Marsh said. Norway and Britain sent letters.\n";

/// Every command with its subcommands, as the help names them.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["run"],
    &["keyness"],
    &["kwic"],
    &["inspect"],
    &["wordlist"],
    &["evaluate"],
    &["config"],
    &["config", "show"],
    &["config", "init"],
    &["completions"],
    &["man"],
];

fn sample() -> Workdir {
    Workdir::with_input(&[("a.txt", ARTICLE), ("b.txt", "")])
}

#[test]
fn the_commands_are_those_that_are_tested() {
    let help = Workdir::empty().byline(&["--help"]).exits(0).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for line in listed.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(name == "help" || COMMANDS.contains(&&[name][..]), "{name} is missing in COMMANDS");
    }
}

#[test]
fn the_help_of_every_command_fits_and_says_what_each_option_is() {
    let dir = Workdir::empty();
    for command in COMMANDS {
        for flag in ["-h", "--help"] {
            let mut args = command.to_vec();
            args.push(flag);
            let help = dir.byline(&args).exits(0).stdout;
            let wide: Vec<&str> = help.lines().filter(|line| line.chars().count() > 100).collect();
            assert!(wide.is_empty(), "{args:?}: wider than 100: {wide:#?}");
            assert!(help.contains("Usage: byline") && !help.contains('\x1b'), "{help}");
            for option in ["--config", "--no-config", "--color", "--log-format", "--help"] {
                assert!(help.contains(option), "{args:?} does not show {option}:\n{help}");
            }
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_of_any_command_that_prints() {
    let dir = sample();
    let lines: &[&[&str]] = &[
        &["config", "show"],
        &["config", "init"],
        &["completions", "bash"],
        &["man"],
        &["man", "kwic"],
        &["inspect", "input"],
        &["inspect", "input", "--text"],
        &["run", "--dry-run"],
        &["--help"],
        &["help", "run"],
    ];
    for args in lines {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let out = dir.command(*args).env("BYLINE_QUIET", "1").stdout(writer).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(0), "{args:?} into a closed pipe failed:\n{stderr}");
        assert!(!stderr.contains("ipe"), "{args:?} into a closed pipe complained:\n{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_standard_output_that_is_full_is_a_failure_that_is_told() {
    let dir = sample();
    for args in
        [&["config", "show"][..], &["completions", "zsh"], &["man"], &["inspect", "input"], &["run", "--dry-run"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let out = dir.command(args).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let stderr = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(1), "{args:?} into a full device:\n{stderr}");
        assert!(stderr.contains("standard output"), "{args:?} does not say what is full:\n{stderr}");
    }
}

#[test]
fn no_colour_but_on_a_terminal_or_by_request() {
    let dir = sample();
    let both = |variables: &[(&str, &str)], args: &[&str]| {
        let run = dir.byline_with(variables, args);
        run.stdout + &run.stderr
    };
    let wrong = ["run", "--no-such-flag"];
    for args in [&["--help"][..], &wrong, &["run"], &["run", "gone"], &["inspect"], &["config", "show"]] {
        for (variables, more) in [
            (&[][..], &[][..]),
            (&[("NO_COLOR", "1")], &[]),
            (&[("TERM", "dumb")], &[]),
            (&[], &["--color=never"]),
            (&[("BYLINE_COLOR", "never"), ("CLICOLOR_FORCE", "1")], &[]),
            (&[("CLICOLOR_FORCE", "1")], &["--color", "never"]),
        ] {
            let line: Vec<&str> = more.iter().chain(args.iter()).copied().collect();
            let told = both(variables, &line);
            assert!(!told.contains('\x1b'), "{line:?} with {variables:?} wrote escape codes:\n{told:?}");
        }
    }
    assert!(both(&[("NO_COLOR", "1")], &["--color=always", "--help"]).contains('\x1b'), "a flag lost to NO_COLOR");
    assert!(both(&[], &["run", "--no-such-flag", "--color", "always"]).contains('\x1b'));
    assert!(both(&[("BYLINE_COLOR", "always")], &["--help"]).contains('\x1b'));
    dir.byline(&["--color=pink", "run"]).exits(2).complains_of("--color");
}

#[test]
fn messages_for_programs_are_an_object_a_line() {
    let dir = sample();
    let objects = |variables: &[(&str, &str)], args: &[&str], code: i32| -> Vec<serde_json::Value> {
        let run = dir.byline_with(variables, args).exits(code);
        let parsed = run.stderr.lines().map(|line| {
            let object: serde_json::Value =
                serde_json::from_str(line).unwrap_or_else(|e| panic!("{args:?}: {e}: {line}"));
            assert!(
                object["level"].is_string() && object["message"].is_string() && object["elapsed"].is_f64(),
                "{line}"
            );
            object
        });
        parsed.collect()
    };
    let told = objects(&[], &["run", "--log-format", "json"], 0);
    let skipped = told.iter().find(|object| object["message"] == "skipped").expect("the skipped file");
    assert_eq!(
        (&skipped["level"], &skipped["path"], &skipped["reason"]),
        (&"warn".into(), &"b.txt".into(), &"empty".into())
    );
    let done = told.last().expect("the end");
    assert_eq!((&done["message"], &done["documents"], &done["skipped"]), (&"done".into(), &1.into(), &1.into()));
    assert!(told.iter().any(|object| object["message"] == "annotating"));
    // Refusals of every kind.
    let json = [("BYLINE_LOG_FORMAT", "json")];
    let gone = objects(&json, &["run", "gone"], 1);
    assert!(gone.iter().any(|o| o["level"] == "error" && o["path"] == "gone" && o["remedy"].is_string()), "{gone:?}");
    for line in
        [&["run", "--no-such-flag"][..], &["no-such-command"], &["run", "--window", "500"], &["run", "--window=x"]]
    {
        let told = objects(&json, line, 2);
        assert!(told.len() == 1 && told[0]["level"] == "error", "{line:?}: {told:?}");
    }
    assert!(objects(&json, &["run", "--quiet"], 0).is_empty());
    dir.write("byline.toml", "log-format = 'json'\n");
    assert_eq!(objects(&[], &[], 0).last().expect("the end")["message"], "done");
    dir.write("byline.toml", "window = 500\n");
    assert_eq!(objects(&json, &[], 2)[0]["origin"], "window is set by byline.toml:1");
}

#[test]
fn a_dry_run_says_all_and_writes_nothing() {
    let dir = sample();
    let run = dir.byline(&["run", "--dry-run", "--tables", "terms"]).exits(0);
    for piece in
        ["a.txt", "text", "utf-8", "2025-03-03", "b.txt", "skipped: empty", "output: ", "terms.csv", "run.json"]
    {
        assert!(run.stdout.contains(piece), "no {piece} in:\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("quotations.csv"), "a table that is not asked for:\n{}", run.stdout);
    dir.byline(&["run", "--dry-run", "--strict"]).exits(3);
    dir.byline(&["kwic", "ferry", "input", "--dry-run"]).exits(0);
    dir.byline(&["keyness", "input/a.txt", "input/b.txt", "--dry-run"]).exits(0);
    dir.byline(&["run", "--dry-run", "--window", "0"]).exits(2);
    dir.byline(&["run", "gone", "--dry-run"]).exits(1).names_path_and_remedy("gone");
    assert_eq!(dir.names("."), ["input"], "a dry run wrote something");
    // It tells what a run would refuse.
    dir.write("output", "a file");
    dir.byline(&["run", "--dry-run"]).exits(1).names_path_and_remedy("output");
    dir.byline(&["run", "--dry-run", "-o", "output/deeper", "--force"]).exits(1).names_path_and_remedy("output");
    dir.write("other/thesis.txt", "mine");
    dir.byline(&["run", "--dry-run", "-o", "other"]).exits(1).complains_of("thesis.txt");
}

#[test]
fn what_a_dry_run_promises_is_what_a_run_writes() {
    let dir = sample();
    for more in [&[][..], &["--format", "jsonl", "--kwic", "ferry"], &["--csvw", "--tables", "terms,edges,network"]] {
        let told = dir.byline(&[&["run", "--dry-run"], more].concat()).exits(0).stdout;
        let line = told.lines().find_map(|line| line.strip_prefix("it would write into output: ")).expect("the files");
        let mut promised: Vec<&str> = line.split(", ").collect();
        promised.sort_unstable();
        dir.run(more);
        assert_eq!(dir.names("output"), promised, "{more:?}");
    }
}

#[test]
fn completions_and_pages_know_every_command_and_option() {
    let dir = Workdir::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = dir.byline(&["completions", shell]).exits(0).stdout;
        for word in ["kwic", "keyness", "min-count", "log-format"] {
            assert!(script.contains(word), "the completions of {shell} lack {word}");
        }
    }
    dir.byline(&["completions", "tcsh"]).exits(2).complains_of("tcsh");
    let page = dir.byline(&["man"]).exits(0).stdout;
    assert!(page.contains(".TH byline") && page.contains("byline\\-kwic"), "{page}");
    let page = dir.byline(&["man", "run"]).exits(0).stdout;
    assert!(page.contains(".TH byline-run") && page.contains("\\-\\-min\\-count"), "{page}");
    dir.byline(&["man", "nothing"]).exits(2).complains_of("nothing");
    dir.byline(&["man", "-o", "share/man1"]).exits(0);
    let pages = dir.names("share/man1");
    for command in COMMANDS {
        let name = ["byline"].iter().chain(command.iter()).copied().collect::<Vec<_>>().join("-") + ".1";
        assert!(pages.contains(&name), "no {name} among {pages:?}");
    }
    dir.write("blocked", "a file");
    dir.byline(&["man", "-o", "blocked/man1"]).exits(1).names_path_and_remedy("blocked/man1");
}

#[test]
fn an_output_folder_inside_the_input_is_never_read() {
    let dir = sample();
    dir.byline(&["run", "input", "-o", "input/tables"]).exits(0);
    let first = read_folder(&dir.path("input/tables"));
    dir.byline(&["run", "input", "-o", "input/tables"]).exits(0);
    assert!(first == read_folder(&dir.path("input/tables")), "the second run read the tables of the first");
}

#[test]
fn an_output_folder_that_is_the_input_is_refused() {
    let dir = sample();
    for args in [&["run", "input", "-o", "input"][..], &["run", "input", "-o", "./input/", "--force"]] {
        dir.byline(args).exits(2).names_path_and_remedy("input");
    }
    dir.byline(&["run", "input", "-o", "input", "--force", "--dry-run"]).exits(2).names_path_and_remedy("input");
    assert_eq!(dir.names("input"), ["a.txt", "b.txt"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_system_that_takes_no_folder_is_named() {
    sample().byline(&["run", "input", "-o", "/proc/byline"]).exits(1).names_path_and_remedy("/proc");
}

/// A run that waits for standard input cannot look at a flag: the second Ctrl-C ends it, and leaves nothing either.
#[cfg(target_os = "linux")]
#[test]
fn a_second_interrupt_ends_a_run_that_waits() {
    use std::time::{Duration, Instant};
    let dir = Workdir::empty();
    dir.folder("place");
    let args = ["run", "-", "-o", "place/output"];
    let mut child = dir.command(args).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    while dir.names("place").is_empty() && begin.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let mut ended = child.try_wait().unwrap();
    while ended.is_none() && begin.elapsed() < Duration::from_secs(60) {
        let line = format!("kill -INT {}", child.id());
        std::process::Command::new("sh").args(["-c", &line]).stderr(Stdio::null()).status().unwrap();
        std::thread::sleep(Duration::from_millis(50));
        ended = child.try_wait().unwrap();
    }
    drop(child.kill());
    drop(child.wait());
    assert_eq!(ended.and_then(|status| status.code()), Some(130), "an interrupted run ended with {ended:?}");
    assert_eq!(dir.names("place"), Vec::<String>::new(), "an interrupted run left something behind");
}
