//! Where options come from: the command line, then variables `BYLINE_*`, then `byline.toml`, then defaults. What is not
//! on the command line is put there as further words, so clap reads every value in the same way and there is one list
//! of options: its own.

mod file;
mod option;
mod show;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::{Path, PathBuf};

use byline::config::OPTIONS_FILE;
use byline::error::{Error, ErrorKind, Result};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

pub(super) use self::option::first_paragraph;
pub(super) use self::show::{effective, template};

/// Where a value comes from, if it is not a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Flag,
    Variable(String),
    File(PathBuf, usize),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("flag"),
            Origin::Variable(name) => f.write_str(name),
            Origin::File(path, line) => write!(f, "{}:{line}", path.display()),
        }
    }
}

/// What was found for the options of the command, by name.
#[derive(Debug, Default)]
pub(super) struct Settings {
    origins: BTreeMap<String, Origin>,
}

impl Settings {
    /// Where the value of an option comes from; none for a default.
    fn origin(&self, arg: &Arg) -> Option<&Origin> {
        self.origins.get(option::key(arg)?)
    }

    /// The places besides the command line in which options were found; none when there is no such.
    fn elsewhere(&self) -> Option<String> {
        let place = |origin: &Origin| match origin {
            Origin::Flag => None,
            Origin::Variable(name) => Some(name.clone()),
            Origin::File(path, _) => Some(path.display().to_string()),
        };
        let places: BTreeSet<String> = self.origins.values().filter_map(place).collect();
        (!places.is_empty()).then(|| places.into_iter().collect::<Vec<_>>().join(" or "))
    }

    /// For an error that names an option: where it was set, if not on the command line.
    pub(super) fn explain(&self, error: &Error) -> Option<String> {
        let text = error.to_string();
        let names = |key: &str| {
            let rest = text.split(&format!("--{key}")).nth(1)?;
            (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')).then_some(())
        };
        self.origins.iter().find_map(|(key, origin)| match origin {
            Origin::Flag => None,
            set => names(key).map(|()| format!("{key} is set by {set}")),
        })
    }
}

/// Why a command line is not followed.
pub(super) enum Refusal {
    /// What clap says: a wrong command line, or help.
    Usage(clap::Error),
    /// A variable or the file is wrong.
    Settings(Error),
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Refusal {
        Refusal::Usage(error)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::Settings(error)
    }
}

/// Reads the words of a command line with all that is set elsewhere. `command` is built.
///
/// # Errors
/// [`Refusal`]; help and version are such too.
pub(super) fn read(command: &Command, words: Vec<OsString>) -> std::result::Result<(ArgMatches, Settings), Refusal> {
    let parse = |words: &[OsString]| command.clone().try_get_matches_from(words);
    let whole = words;
    let (mut words, off) = switches_off(command, &whole);
    let given = match parse(&words) {
        // What is missing may be set elsewhere.
        Err(error) if error.kind() == clap::error::ErrorKind::MissingRequiredArgument => {
            command.clone().ignore_errors(true).try_get_matches_from(&words)?
        }
        given => given?,
    };
    if given.subcommand_name().is_none() {
        words.push("run".into());
    }
    let given = command.clone().ignore_errors(true).try_get_matches_from(&words)?;
    let (commands, leaf, given) = leaf(command, &given);
    if !off.iter().all(|key| option::find(leaf, key).is_some_and(is_switch)) {
        // Another command's: clap says so.
        return Ok((parse(&whole)?, Settings::default()));
    }
    let mut settings = Settings::default();
    let more = found(&commands, leaf, command, given, &off, &mut settings)?;
    // Before the words of the command line, so that these win where one option undoes another.
    let place = behind_commands(command, &commands, &words);
    words.splice(place..place, more);
    match parse(&words) {
        Err(error) if error.use_stderr() && settings.elsewhere().is_some() => {
            // Of the words themselves clap has said what there is to say; one that was put there needs another.
            let remedy =
                settings.elsewhere().map_or(String::new(), |set| format!("an option that is set by {set} needs it"));
            Err(Error::new(ErrorKind::Option, first_paragraph(&error), remedy).into())
        }
        read => Ok((read?, settings)),
    }
}

fn is_switch(arg: &Arg) -> bool {
    option::kind(arg) == option::Kind::Switch
}

/// A command line without `--switch=false`, with `--switch` for `--switch=true`, and the switches that it turns off: so
/// it can take back what is set elsewhere.
fn switches_off(command: &Command, words: &[OsString]) -> (Vec<OsString>, BTreeSet<String>) {
    let (mut kept, mut off) = (Vec::new(), BTreeSet::new());
    let is_known = |command: &Command, key: &str| option::find(command, key).is_some_and(is_switch);
    let mut words = words.iter();
    for word in words.by_ref() {
        let long = word.to_str().and_then(|word| word.strip_prefix("--")).unwrap_or_default();
        let (key, value) = long.split_once('=').map_or((long, None), |(key, value)| (key, Some(value)));
        let known = is_known(command, key) || command.get_subcommands().any(|command| is_known(command, key));
        let on = value.map_or(Some(true), |value| option::switch(OsStr::new(value)));
        match on.filter(|_| known) {
            Some(true) => {
                off.remove(key);
                kept.push(format!("--{key}").into());
            }
            Some(false) => {
                kept.retain(|word| *word != *format!("--{key}"));
                off.insert(key.to_owned());
            }
            None => kept.push(word.clone()),
        }
        if word == "--" {
            break;
        }
    }
    kept.extend(words.cloned());
    (kept, off)
}

/// The value of an option of all commands before the command line is read; none when it is not given.
pub(super) fn early(words: &[OsString], key: &str) -> Option<String> {
    let flag = format!("--{key}");
    let words: Vec<&str> = words.iter().map(|word| word.to_str().unwrap_or("")).collect();
    let words = words.split(|word| *word == "--").next().unwrap_or_default();
    let beside = words.iter().rev().find_map(|word| word.strip_prefix(&flag)?.strip_prefix('='));
    let behind = || words.windows(2).rev().find(|pair| pair[0] == flag).map(|pair| pair[1]);
    let given = beside.or_else(behind).map(str::to_owned);
    given.or_else(|| set(&option::variable(&[], key, true))?.into_string().ok())
}

/// The command that is asked for, by its names, with its options.
pub(super) fn leaf<'c>(command: &'c Command, matches: &'c ArgMatches) -> (Vec<&'c str>, &'c Command, &'c ArgMatches) {
    let (mut names, mut command, mut matches) = (Vec::new(), command, matches);
    while let Some((name, inner)) = matches.subcommand() {
        let Some(next) = command.find_subcommand(name) else { break };
        (command, matches) = (next, inner);
        names.push(name);
    }
    (names, command, matches)
}

/// The place in a command line behind the names of the commands.
fn behind_commands(command: &Command, commands: &[&str], words: &[OsString]) -> usize {
    let (mut command, mut place) = (command, 1);
    for name in commands {
        while let Some(word) = words.get(place) {
            place += 1;
            if word == name {
                break;
            }
            let is_word = |arg: &&Arg| arg.get_long().is_some_and(|long| *word == *format!("--{long}"));
            place +=
                usize::from(command.get_arguments().find(is_word).is_some_and(|arg| arg.get_action().takes_values()));
        }
        command = command.find_subcommand(name).unwrap_or(command);
    }
    place.min(words.len())
}

/// The words for what is set elsewhere and not on the command line.
fn found(
    commands: &[&str],
    leaf: &Command,
    root: &Command,
    given: &ArgMatches,
    off: &BTreeSet<String>,
    settings: &mut Settings,
) -> Result<Vec<OsString>> {
    let Some(run) = root.find_subcommand("run") else { return Ok(Vec::new()) };
    let mut shared = option::settable(leaf).filter(|(_, arg)| option::is_of_run(arg, run) && !arg.is_global_set());
    let entries = match chosen_file(given)? {
        Some(path) if shared.next().is_some() => {
            file::read(&path, run)?.into_iter().map(|entry| (entry.key.clone(), (path.clone(), entry))).collect()
        }
        _ => BTreeMap::new(),
    };
    let (mut words, mut of_variables) = (Vec::new(), Vec::new());
    for (key, arg) in option::settable(leaf) {
        let of_run = option::is_of_run(arg, run);
        let variable = option::variable(commands, key, of_run);
        let flag = given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine) || off.contains(key);
        let (values, origin) = if flag {
            (Vec::new(), Origin::Flag)
        } else if let Some(value) = set(&variable) {
            (of_variable(leaf, arg, &variable, value)?, Origin::Variable(variable))
        } else if let Some((path, entry)) = entries.get(key).filter(|_| of_run) {
            (entry.values.clone(), Origin::File(path.clone(), entry.line))
        } else {
            continue;
        };
        // A default that is written down asks for nothing, so it needs no other option either.
        if values != arg.get_default_values() {
            let layer = if matches!(origin, Origin::Variable(_)) { &mut of_variables } else { &mut words };
            layer.extend(option::words(arg, &values));
        }
        settings.origins.insert(key.to_owned(), origin);
    }
    words.append(&mut of_variables);
    Ok(words)
}

/// The value of a variable; one that is empty is not set.
fn set(variable: &str) -> Option<OsString> {
    std::env::var_os(variable).filter(|value| !value.is_empty())
}

/// The values of an option that a variable has.
fn of_variable(command: &Command, arg: &Arg, variable: &str, value: OsString) -> Result<Vec<OsString>> {
    if is_switch(arg) {
        return Ok(if yes_or_no(variable, &value)? { vec!["true".into()] } else { Vec::new() });
    }
    let values = vec![value];
    match option::complaint(command, arg, &values) {
        Some(cause) => Err(wrong(variable, cause)),
        None => Ok(values),
    }
}

fn yes_or_no(variable: &str, value: &OsStr) -> Result<bool> {
    option::switch(value).ok_or_else(|| wrong(variable, format!("`{}` is not true or false", value.to_string_lossy())))
}

fn wrong(variable: &str, cause: String) -> Error {
    let remedy = format!("change {variable} in the environment, or unset it");
    Error::at(ErrorKind::Option, Path::new(variable), cause, remedy)
}

/// The file to read, if any: what the command line says wins over variables, and these over the usual place.
fn chosen_file(given: &ArgMatches) -> Result<Option<PathBuf>> {
    let flag = |id: &str| given.value_source(id) == Some(ValueSource::CommandLine);
    if flag("no_config") {
        return Ok(None);
    }
    if flag("config") {
        return Ok(given.get_one::<PathBuf>("config").cloned());
    }
    let variable = option::variable(&[], "no-config", true);
    if set(&variable).map(|value| yes_or_no(&variable, &value)).transpose()? == Some(true) {
        return Ok(None);
    }
    let named = set(&option::variable(&[], "config", true)).map(PathBuf::from);
    Ok(named.or_else(|| Path::new(OPTIONS_FILE).exists().then(|| OPTIONS_FILE.into())))
}
