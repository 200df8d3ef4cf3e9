//! What goes to standard output, and what shells and readers of manuals want of byline: completions and man pages, made
//! from the definitions of the options.

use std::io::Write;
use std::path::{Path, PathBuf};

use byline::error::{Error, ErrorKind, Result};
use byline::pipeline::inspect::unwritable;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man;

/// `byline completions`.
#[derive(Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// `byline man`.
#[derive(Args)]
pub(crate) struct ManArgs {
    /// The command whose page is printed [default: byline itself]
    #[arg(value_name = "COMMAND")]
    page: Option<String>,
    /// Folder for the pages of all commands instead
    #[arg(short, long, value_name = "DIR", conflicts_with = "page")]
    output: Option<PathBuf>,
}

/// Prints text; a reader that has gone away is no failure.
pub(super) fn print(text: &str) -> Result<()> {
    print_bytes(text.as_bytes())
}

/// Prints bytes, likewise.
pub(super) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(unwritable(&cause)),
        _ => Ok(()),
    }
}

/// Prints the completions of a shell.
pub(super) fn completions(args: &CompletionsArgs, mut command: Command) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "byline", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// Prints a page of the manual, or writes all into a folder.
pub(super) fn man(args: &ManArgs, command: Command) -> Result<()> {
    if let Some(folder) = &args.output {
        let failed = |path: &Path| {
            let path = path.to_path_buf();
            move |cause| Error::io(ErrorKind::Write, &path, cause)
        };
        std::fs::create_dir_all(folder).map_err(failed(folder))?;
        return clap_mangen::generate_to(command, folder).map_err(failed(folder));
    }
    let command = match &args.page {
        None => command,
        Some(name) => page(command, name)?,
    };
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    drop(Man::new(command).render(&mut text));
    print(&String::from_utf8_lossy(&text))
}

/// The command of a page.
fn page(mut command: Command, name: &str) -> Result<Command> {
    command.build();
    let Some(found) = command.find_subcommand(name) else {
        let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        let remedy = format!("use one of {}", known.join(", "));
        return Err(Error::new(ErrorKind::Option, format!("there is no command {name}"), remedy));
    };
    Ok(found.clone())
}
