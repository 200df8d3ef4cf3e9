//! What `--help` says, for every command, as it was last read by somebody: `tests/help/`. `BLESS=1 cargo test --release
//! --test help` writes the texts anew; read the difference before committing it.

mod support;

use std::fs;
use std::path::Path;

use support::Workdir;

/// The commands, and the name of the file of each.
const COMMANDS: &[(&[&str], &str)] = &[
    (&[], "byline"),
    (&["run"], "run"),
    (&["inspect"], "inspect"),
    (&["keyness"], "keyness"),
    (&["kwic"], "kwic"),
    (&["wordlist"], "wordlist"),
    (&["evaluate"], "evaluate"),
    (&["config"], "config"),
    (&["config", "init"], "config-init"),
    (&["config", "show"], "config-show"),
    (&["completions"], "completions"),
    (&["man"], "man"),
];

#[test]
fn help_is_what_somebody_has_read() {
    let (dir, place) = (Workdir::empty(), Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help"));
    let bless = std::env::var_os("BLESS").is_some_and(|value| value == "1");
    let mut changed = Vec::new();
    for (command, name) in COMMANDS {
        let said = dir.byline(&[*command, &["--help"]].concat()).exits(0).stdout;
        let file = place.join(format!("{name}.txt"));
        if bless {
            fs::create_dir_all(&place).and_then(|()| fs::write(&file, &said)).expect("tests/help");
        } else if fs::read_to_string(&file).ok().as_deref() != Some(&said) {
            changed.push(*name);
        }
    }
    assert!(changed.is_empty(), "the help of {changed:?} is another; if that is meant: BLESS=1 cargo test --test help");
}

#[test]
fn every_command_has_its_text() {
    if cfg!(feature = "train") {
        return;
    }
    let help = Workdir::empty().byline(&["--help"]).exits(0).stdout;
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' '))?.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() > 6, "{help}");
    for name in names {
        assert!(COMMANDS.iter().any(|(command, _)| command.first() == Some(&name)), "{name} is not in COMMANDS");
    }
}
