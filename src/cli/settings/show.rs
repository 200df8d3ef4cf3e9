//! `byline config`: the options as they are, with where each comes from, and a `byline.toml` to start from.

use std::fmt::Write as _;

use clap::{Arg, ArgMatches, Command};

use super::Settings;
use super::option::{self, Kind};

/// Characters of a line of explanation.
const WIDTH: usize = 96;

/// The options of a run with their values and origins, as a `byline.toml`.
pub(in crate::cli) fn effective(command: &Command, matches: &ArgMatches, settings: &Settings) -> String {
    let mut text = String::new();
    let mut heading = None;
    for (key, arg) in option::settable(command) {
        head(&mut text, &mut heading, arg);
        let values: Vec<String> = matches
            .get_raw(arg.get_id().as_str())
            .map(|values| values.map(|value| value.to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        let origin = settings.origin(arg).map_or("default".to_owned(), |origin| origin.to_string());
        let line = match option::kind(arg) {
            Kind::Switch => format!("{key} = {}", matches.get_flag(arg.get_id().as_str())),
            _ if values.is_empty() => format!("#{key} ="),
            _ => format!("{key} = {}", written(arg, &values)),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{line:<40}  # {origin}");
    }
    text.trim_start().to_owned()
}

/// Every option with what it means and its default, as comments.
pub(in crate::cli) fn template(run: &Command) -> String {
    let mut text = "\
# Options of byline. A flag wins over a variable of the environment, a variable over this file.
# Remove the # before an option to set it. Paths are relative to this file.\n"
        .to_owned();
    let mut heading = None;
    for (key, arg) in option::settable(run) {
        head(&mut text, &mut heading, arg);
        text.push('\n');
        for line in wrapped(&arg.get_help().map_or(String::new(), |help| help.to_string())) {
            let _ = writeln!(text, "# {line}");
        }
        let names = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>();
        if !names.is_empty() && option::kind(arg) != Kind::Switch {
            let _ = writeln!(text, "# One of: {}.", names.join(", "));
        }
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        let value = match option::kind(arg) {
            Kind::Switch => "false".to_owned(),
            Kind::Number if defaults.is_empty() => "0".to_owned(),
            _ if defaults.is_empty() => written(arg, &[option::value_name(arg).to_owned()]),
            _ => written(arg, &defaults),
        };
        let _ = writeln!(text, "#{key} = {value}");
    }
    text
}

fn head(text: &mut String, last: &mut Option<String>, arg: &Arg) {
    let heading = arg.get_help_heading().unwrap_or("Options");
    if last.as_deref() != Some(heading) {
        let _ = writeln!(text, "\n## {heading}");
        *last = Some(heading.to_owned());
    }
}

/// Values as TOML has them.
fn written(arg: &Arg, values: &[String]) -> String {
    let bare = |value: &String| option::kind(arg) == Kind::Number && value.parse::<i64>().is_ok();
    let one = |value: &String| if bare(value) { value.clone() } else { quoted(value) };
    match option::is_list(arg) {
        true => format!("[{}]", values.iter().map(one).collect::<Vec<_>>().join(", ")),
        false => values.first().map_or_else(|| quoted(""), one),
    }
}

/// A basic string of TOML: a string of JSON, but for the character DEL.
fn quoted(value: &str) -> String {
    serde_json::Value::from(value).to_string().replace('\u{7f}', "\\u007F")
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
