//! What the definition of an option in clap tells about it: its name in `byline.toml` and in the environment, the type
//! of its values, its default. There is no second list of options.

use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

/// Options that decide whether there is a file; they cannot stand in it.
const OF_THE_FILE: [&str; 2] = ["config", "no-config"];

/// What a value may be in `byline.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `true` or `false`.
    Switch,
    /// A whole number.
    Number,
    /// A size: a whole number of bytes, or text such as `64M`.
    Size,
    /// Text.
    Text,
}

impl Kind {
    /// What is expected, for messages.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Kind::Switch => "true or false",
            Kind::Number => "a whole number",
            Kind::Size => "a size such as \"64M\"",
            Kind::Text => "text in quotation marks",
        }
    }
}

/// The name of an option in `byline.toml`: its long name, or for an argument without one that has a default, its
/// identifier. None for what cannot be set outside of a command line.
pub(super) fn key(arg: &Arg) -> Option<&str> {
    if matches!(arg.get_action(), ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version) {
        return None;
    }
    let name = match arg.get_long() {
        None if !arg.get_default_values().is_empty() => arg.get_id().as_str(),
        long => long?,
    };
    (!OF_THE_FILE.contains(&name)).then_some(name)
}

/// The options of a command that can be set outside of a command line, in the order of the help.
pub(super) fn settable(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    command.get_arguments().filter_map(|arg| Some((key(arg)?, arg)))
}

/// The option of a name.
pub(super) fn find<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    settable(command).find(|(key, _)| *key == name).map(|(_, arg)| arg)
}

/// Whether `byline run` has the same option: of one name, with one default. What is set for runs then goes for it too.
pub(super) fn is_of_run(arg: &Arg, run: &Command) -> bool {
    let same = |other: &&Arg| {
        other.get_id() == arg.get_id()
            && other.get_long() == arg.get_long()
            && other.get_default_values() == arg.get_default_values()
    };
    run.get_arguments().find(same).is_some()
}

/// The variable of an option: `BYLINE_` and its name, or with the command in between when it is not one of runs.
pub(super) fn variable(commands: &[&str], key: &str, of_run: bool) -> String {
    let words: Vec<&str> = match of_run {
        true => vec!["byline", key],
        false => ["byline"].into_iter().chain(commands.iter().copied()).chain([key]).collect(),
    };
    words.join("_").replace('-', "_").to_uppercase()
}

/// The type of an option's values.
pub(super) fn kind(arg: &Arg) -> Kind {
    let kind = arg.get_value_parser().type_id();
    let whole = [TypeId::of::<u8>(), TypeId::of::<u32>(), TypeId::of::<u64>(), TypeId::of::<usize>()];
    match arg.get_action() {
        ArgAction::SetTrue => Kind::Switch,
        _ if !whole.iter().any(|of| kind == *of) => Kind::Text,
        _ if value_name(arg) == "SIZE" => Kind::Size,
        _ => Kind::Number,
    }
}

/// Whether an option can have several values.
pub(super) fn is_list(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Append)
}

/// Whether a value is a path: not `-`, nor one of the words that stand beside it, as in `en|none|FILE`.
pub(super) fn is_path(arg: &Arg, value: &str) -> bool {
    let path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    path && value != "-" && !value_name(arg).split('|').any(|word| word == value)
}

/// How the help names the value.
pub(super) fn value_name(arg: &Arg) -> &str {
    arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str())
}

/// Values as words of a command line.
pub(super) fn words(arg: &Arg, values: &[OsString]) -> Vec<OsString> {
    let Some(long) = arg.get_long() else { return values.to_vec() };
    let word = |value: &OsString| {
        let mut word = OsString::from(format!("--{long}"));
        if arg.get_action().takes_values() {
            word.push("=");
            word.push(value);
        }
        word
    };
    values.iter().map(word).collect()
}

/// A word for yes or no; none for any other.
pub(super) fn switch(value: &OsStr) -> Option<bool> {
    match value.to_str()?.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// What clap says of the values of an option; none when they make sense to it.
pub(super) fn complaint(command: &Command, arg: &Arg, values: &[OsString]) -> Option<String> {
    let words = std::iter::once(OsString::from(command.get_name())).chain(self::words(arg, values));
    let error = command.clone().try_get_matches_from(words).err()?;
    (error.kind() != clap::error::ErrorKind::MissingRequiredArgument).then(|| first_paragraph(&error))
}

/// What is wrong, on one line, without the advice that follows it.
pub(in crate::cli) fn first_paragraph(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let mut lines = text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
    let first = lines.next().unwrap_or("").trim_start_matches("error: ").to_owned();
    let more = lines.filter(|line| !line.is_empty() && !line.starts_with("For more information"));
    more.fold(first, |text, line| format!("{text} {line}"))
}
