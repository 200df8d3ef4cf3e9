//! Options outside of the command line: `byline.toml` and variables `BYLINE_*`, which wins, what `byline config` prints,
//! and what is said of a file or a variable that is wrong.

mod support;

use std::fs;

use support::{Workdir, differences, read_folder};

const ARTICLE: &str = "Ferry opens\n\nBy Nuala Brennock\n3 March 2025\n\nHelen Marsh opened the ferry. “It is excellent,” \
                       Marsh said. Norway and Britain sent letters.\n";

fn dir_with(file: &str) -> Workdir {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.write("byline.toml", file);
    dir
}

/// The line of an option in `byline config show`.
#[track_caller]
fn shown(dir: &Workdir, variables: &[(&str, &str)], args: &[&str], key: &str) -> String {
    let mut line = vec!["config", "show"];
    line.extend(args);
    let text = dir.byline_with(variables, &line).exits(0).stdout;
    let found = text.lines().find(|line| line.trim_start_matches('#').starts_with(&format!("{key} =")));
    found.unwrap_or_else(|| panic!("no line for {key} in:\n{text}")).to_owned()
}

#[test]
fn a_flag_wins_over_a_variable_a_variable_over_the_file_and_the_file_over_the_default() {
    let dir = dir_with("# mine\nwindow = 4\nunits = [\"window\"]\n");
    let unit = |dir: &Workdir| {
        let rows = dir.table("cooccurrence.csv").rows;
        rows.first().map(|row| row["unit"].clone()).expect("a pair")
    };
    let variable = [("BYLINE_WINDOW", "3")];
    let low = ["run", "--min-count", "1"];
    dir.byline(&low).exits(0);
    assert_eq!(unit(&dir), "window4");
    assert!(shown(&dir, &[], &[], "window").ends_with("# byline.toml:2"));
    dir.byline_with(&variable, &low).exits(0);
    assert_eq!(unit(&dir), "window3");
    assert!(shown(&dir, &variable, &[], "window").ends_with("# BYLINE_WINDOW"));
    dir.byline_with(&variable, &["run", "--min-count=1", "--window", "2"]).exits(0);
    assert_eq!(unit(&dir), "window2");
    assert!(shown(&dir, &variable, &["--window", "2"], "window").ends_with("# flag"));
    assert!(shown(&dir, &[], &["--no-config"], "window").ends_with("# default"));
    assert_eq!(
        shown(&dir, &variable, &["--no-config"], "units").split('#').next().map(str::trim),
        Some("units = [\"document\", \"paragraph\", \"sentence\", \"window\"]")
    );
}

#[test]
fn a_switch_that_is_set_elsewhere_is_turned_off_on_the_command_line() {
    let dir = dir_with("crlf = true\nstrict = true\n");
    let off = |args: &[&str]| shown(&dir, &[("BYLINE_QUIET", "yes")], args, "crlf");
    assert!(off(&["--crlf=false"]).starts_with("crlf = false") && off(&["--crlf=no"]).ends_with("# flag"));
    assert!(off(&["--crlf=true", "--crlf=off"]).starts_with("crlf = false"));
    assert!(off(&["--crlf=off", "--crlf"]).starts_with("crlf = true"));
    assert!(shown(&dir, &[("BYLINE_QUIET", "yes")], &["--quiet=false"], "quiet").starts_with("quiet = false"));
    dir.byline(&["run", "--crlf=false"]).exits(0);
    assert!(!fs::read(dir.path("output/terms.csv")).expect("terms.csv").contains(&b'\r'));
    dir.byline(&["run", "--crlf=true"]).exits(0);
    for wrong in [&["run", "--crlf=perhaps"][..], &["inspect", "--crlf=false"], &["run", "--", "--crlf=false"]] {
        let run = dir.byline(wrong);
        assert_ne!(run.code, Some(0), "{wrong:?}");
    }
}

#[test]
fn where_an_option_is_set_changes_no_byte() {
    let (flags, file, env) = (Workdir::with_sample(), Workdir::with_sample(), Workdir::with_sample());
    flags.byline(&["run", "--min-count", "3", "--units", "document,sentence", "--mtime-dates", "--top=9"]).exits(0);
    file.write("byline.toml", "min-count = 3\nunits = ['document', 'sentence']\nmtime-dates = true\ntop = 0x9\n");
    file.byline(&[]).exits(0);
    let variables = [
        ("BYLINE_MIN_COUNT", "3"),
        ("BYLINE_UNITS", "document,sentence"),
        ("BYLINE_MTIME_DATES", "yes"),
        ("BYLINE_TOP", "9"),
        ("BYLINE_NO_SUCH_OPTION", "is nobody's business"),
        ("BYLINE_LANGUAGE", ""),
    ];
    env.byline_with(&variables, &[]).exits(0);
    let expected = read_folder(&flags.path("output"));
    for other in [file, env] {
        let found = differences(&expected, &read_folder(&other.path("output")));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn paths_in_a_file_are_relative_to_the_file() {
    let dir = Workdir::empty();
    dir.write("project/news/a.txt", ARTICLE);
    dir.write("project/stop.txt", "ferry\n");
    let words = "stopwords = 'stop.txt'\n";
    dir.write("project/set.toml", format!("input = 'news'\noutput = 'tables'\n{words}"));
    dir.byline(&["--config", "project/set.toml"]).exits(0);
    assert!(dir.path("project/tables/run.json").is_file() && !dir.path("output").exists());
    let first = read_folder(&dir.path("project/tables"));
    dir.write("set.toml", "input = ['project/news']\noutput = 'elsewhere'\nstopwords = 'project/stop.txt'\n");
    dir.byline_with(&[("BYLINE_CONFIG", "set.toml")], &["run"]).exits(0);
    let found = differences(&first, &read_folder(&dir.path("elsewhere")));
    assert!(found.is_empty(), "the place of the file changed a table:\n{}", found.join("\n"));
    // A word that stands for itself is no path.
    dir.write("project/set.toml", "input = 'news'\nstopwords = 'none'\n");
    dir.byline(&["--config", "project/set.toml"]).exits(0);
}

#[test]
fn a_flag_undoes_what_the_file_says_in_another_option() {
    let dir = dir_with("bom = true\ncsv-profile = 'data'\n");
    let begins_with_mark = || fs::read(dir.path("output/terms.csv")).unwrap().starts_with(b"\xef\xbb\xbf");
    for (variables, args, mark) in [
        (&[][..], &["run"][..], true),
        (&[], &["run", "--no-bom"], false),
        (&[], &["--color", "never", "run", "--no-bom", "--", "input"], false),
        (&[("BYLINE_NO_BOM", "1")], &["run"], false),
        (&[("BYLINE_NO_BOM", "1")], &["run", "--bom"], true),
    ] {
        dir.byline_with(variables, args).exits(0);
        assert_eq!(begins_with_mark(), mark, "{variables:?} {args:?}");
    }
}

#[test]
fn a_file_of_options_among_the_articles_is_no_article() {
    let dir = Workdir::empty();
    dir.write("a.txt", ARTICLE);
    dir.write("byline.toml", "output = 'tables'\n");
    dir.byline(&["run", ".", "--strict"]).exits(0);
    assert_eq!(dir.names("."), ["a.txt", "byline.toml", "tables"]);
    dir.byline_with(&[("BYLINE_NO_CONFIG", "1")], &["run", "."]).exits(0);
    assert!(dir.path("output/run.json").is_file());
}

#[test]
fn other_commands_take_what_they_share_with_runs_but_not_its_folders() {
    let dir = dir_with("input = 'nowhere'\noutput = 'tables'\nquiet = true\nlanguage = 'de'\ntop = 5\n");
    let run = dir.byline(&["kwic", "ferry", "input"]).exits(0);
    assert_eq!(run.stderr, "", "quiet of the file was not heard");
    assert!(dir.path("kwic/kwic.csv").is_file() && !dir.path("tables").exists());
    dir.byline_with(&[("BYLINE_OUTPUT", "tables"), ("BYLINE_KWIC_OUTPUT", "lines")], &["kwic", "ferry", "input"])
        .exits(0);
    assert!(dir.path("lines/kwic.csv").is_file() && !dir.path("tables").exists());
    let told = dir.byline(&["inspect", "input"]).exits(0).stdout;
    assert!(told.contains("  de  "), "language of the file was not heard:\n{told}");
    dir.byline(&["inspect"]).exits(1).complains_of("nowhere");
    // What has no options of runs does not look at the file.
    dir.write("byline.toml", "rubbish");
    dir.byline(&["completions", "fish"]).exits(0);
    dir.byline(&["config", "init"]).exits(0);
}

#[test]
fn an_option_that_needs_another_finds_it_wherever_it_is_set() {
    let dir = dir_with("reference = 'list.csv'\n");
    dir.write("list.csv", "feature,frequency\nferry,5\n");
    dir.byline(&["run", "--reference-total", "99"]).exits(0);
    dir.byline(&["run", "--no-config", "--reference-total", "99"]).exits(2).complains_of("--reference");
}

#[test]
fn the_template_is_a_file_with_every_option_at_its_default() {
    let dir = Workdir::with_sample();
    let template = dir.byline(&["config", "init"]).exits(0).stdout;
    assert!(template.lines().all(|line| line.is_empty() || line.starts_with('#')), "an option of the template is set");
    assert!(template.lines().all(|line| line.chars().count() <= 100), "{template}");
    let help = dir.byline(&["run", "--help"]).exits(0).stdout;
    let mut options = 0;
    for word in help.split_whitespace().filter_map(|word| word.strip_prefix("--")) {
        let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        // From the list of options only, not from examples.
        let listed =
            help.lines().any(|line| line.trim_start().starts_with('-') && line.contains(&format!("--{name} ")));
        if listed && !matches!(name, "help" | "config" | "no-config") {
            assert!(template.contains(&format!("\n#{name} = ")), "the template lacks {name}");
            options += 1;
        }
    }
    assert!(options > 40, "only {options} options were found in the help");
    // Uncommented, those with a default change nothing.
    let value = |line: &str| line.split_once(" = ").map(|(_, value)| value.trim_matches(['[', ']', '"']).to_owned());
    let unset = |line: &str| {
        value(line).is_none_or(|value| value.chars().all(|c| c.is_ascii_uppercase() || c == '.'))
            || line.starts_with("#lexicon")
            || line.starts_with("#spelling")
            || line.starts_with("#reference-total")
    };
    let set: String = template
        .lines()
        .filter(|line| line.starts_with('#') && line.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase))
        .filter(|line| !unset(line) || line.contains("64M"))
        .map(|line| format!("{}\n", &line[1..]))
        .collect();
    dir.byline(&["run", "-o", "plain"]).exits(0);
    dir.write("byline.toml", &set);
    dir.byline(&["run", "-o", "set"]).exits(0);
    let found = differences(&read_folder(&dir.path("plain")), &read_folder(&dir.path("set")));
    assert!(found.is_empty(), "the template's values are not the defaults:\n{set}\n{}", found.join("\n"));
}

#[test]
fn what_config_show_prints_is_a_file_again() {
    let dir = dir_with("window = 4\ntext-column = \"a \\\"b\\\" \\\\ c\"\nkwic = ['x', 'y z']\n");
    let first = dir.byline(&["config", "show", "--min-count", "7"]).exits(0).stdout;
    dir.write("byline.toml", &first);
    let values = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.rsplit_once("  # ").map_or(line, |(value, _)| value).trim_end().to_owned())
            .collect()
    };
    let again = dir.byline(&["config", "show"]).exits(0).stdout;
    assert_eq!(values(&first), values(&again));
    assert!(first.contains("min-count = 7") && first.contains("kwic = [\"x\", \"y z\"]"), "{first}");
}

#[test]
fn a_wrong_file_is_refused_with_its_line_and_nothing_is_written() {
    let files: &[(&str, &[&str])] = &[
        ("window = 5\nmin_count = 3\n", &["byline.toml:2", "min_count", "did you mean min-count?"]),
        ("windwo = 5\n", &["byline.toml:1", "windwo", "did you mean window?"]),
        ("zzz = 5\n", &["byline.toml:1", "zzz", "byline config init"]),
        ("config = 'a'\n", &["byline.toml:1", "config"]),
        ("\n\nwindow = 'five'\n", &["byline.toml:3", "window", "text", "a whole number"]),
        ("window = 1.5\n", &["byline.toml:1", "window", "a fraction", "a whole number"]),
        ("window = -1\n", &["byline.toml:1", "--window", "'-1'"]),
        ("window = 99999999999\n", &["byline.toml:1", "--window"]),
        ("window = [5]\n", &["byline.toml:1", "window", "a list"]),
        ("force = 'yes'\n", &["byline.toml:1", "force", "true or false"]),
        ("language = 5\n", &["byline.toml:1", "language", "a whole number", "quotation marks"]),
        ("memory = 1.5\n", &["byline.toml:1", "memory", "64M"]),
        ("memory = '12Q'\n", &["byline.toml:1", "--memory", "12Q"]),
        ("units = []\n", &["byline.toml:1", "units", "an empty list"]),
        ("units = ['chapter']\n", &["byline.toml:1", "chapter", "paragraph"]),
        ("units = ['document', 5]\n", &["byline.toml:1", "units", "a whole number"]),
        ("language = 1979-05-27\n", &["byline.toml:1", "language", "a date"]),
        ("[run]\nwindow = 5\n", &["byline.toml:1", "run"]),
        ("window = 5\nwindow = 6\n", &["byline.toml:2", "window"]),
        ("window 5\n", &["byline.toml:1", "window = 5"]),
        ("top = 5\nwindow = 500\n", &["--window 500", "byline.toml:2"]),
        ("language = 'English'\n", &["--language", "byline.toml:1"]),
        ("entities-mode = 'join'\n", &["--entities <FILE>", "set by byline.toml needs it"]),
    ];
    for (file, pieces) in files {
        let dir = dir_with(file);
        let run = dir.byline(&["run"]).exits(2);
        for piece in *pieces {
            assert!(run.stderr.contains(piece), "{file:?}: no {piece:?} in:\n{}", run.stderr);
        }
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "{file:?}: not one line:\n{}", run.stderr);
        assert_eq!(dir.names("."), ["byline.toml", "input"], "{file:?} left something behind");
    }
}

#[test]
fn a_file_that_is_no_text_is_refused_and_an_empty_one_is_fine() {
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    dir.folder("byline.toml");
    dir.byline(&[]).exits(1).names_path_and_remedy("byline.toml").complains_of("is a folder");
    fs::remove_dir(dir.path("byline.toml")).unwrap();
    dir.write("byline.toml", b"window = 5\nlanguage = '\xff'\n");
    dir.byline(&[]).exits(2).names_path_and_remedy("byline.toml").complains_of("line 2 is not UTF-8");
    dir.write("byline.toml", "# a comment\n".repeat(900_000));
    dir.byline(&[]).exits(2).names_path_and_remedy("byline.toml").complains_of("larger than 1 MB");
    dir.write("byline.toml", b"window = 5\0\n");
    dir.byline(&[]).exits(2).complains_of("byline.toml:1");
    dir.write("byline.toml", "[".repeat(100_000));
    dir.byline(&[]).exits(2).complains_of("byline.toml:1");
    for fine in ["", "\n", "\u{feff}window = 4\r\n", "# only this"] {
        dir.write("byline.toml", fine);
        dir.byline(&["config", "show"]).exits(0);
    }
    dir.byline(&["--config", "gone.toml"]).exits(1).names_path_and_remedy("gone.toml");
    dir.byline(&["--config", "byline.toml", "--no-config"]).exits(2).complains_of("--no-config");
    assert_eq!(dir.names("."), ["byline.toml", "input"]);
}

#[test]
fn a_wrong_variable_is_named() {
    let wrong = [
        ("BYLINE_WINDOW", "five"),
        ("BYLINE_WINDOW", "500"),
        ("BYLINE_FORCE", "perhaps"),
        ("BYLINE_NO_CONFIG", "maybe"),
        ("BYLINE_MEMORY", "12Q"),
        ("BYLINE_UNITS", "document,chapter"),
        ("BYLINE_DUPLICATE_SIMILARITY", "101"),
        ("BYLINE_LANGUAGE", "English"),
        ("BYLINE_LOG_FORMAT", "xml"),
        ("BYLINE_COLOR", "pink"),
    ];
    for (name, value) in wrong {
        let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
        let run = dir.byline_with(&[(name, value)], &["run"]).exits(2).complains_of(name);
        let told = value.split(',').next_back().unwrap_or(value);
        assert!(
            run.stderr.to_lowercase().contains(&told.to_lowercase()),
            "{name}={value}: the value is not named:\n{}",
            run.stderr
        );
        assert_eq!(dir.names("."), ["input"], "{name}={value} left something behind");
        // What is on the command line is not looked for in the environment.
        if name == "BYLINE_WINDOW" {
            dir.byline_with(&[(name, value)], &["run", "--window", "5"]).exits(0);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStrExt;
    let dir = Workdir::with_input(&[("a.txt", ARTICLE)]);
    let mut command = dir.command(["run"]);
    let out = command.env("BYLINE_LANGUAGE", std::ffi::OsStr::from_bytes(b"\xff")).output().unwrap();
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.code() == Some(2) && told.contains("BYLINE_LANGUAGE"), "{told}");
}
