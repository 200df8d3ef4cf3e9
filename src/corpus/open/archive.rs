//! The names of files in archives: which are looked at, and which are left out as they would be in a folder.

use std::collections::BTreeSet;

use super::super::Reason;
use super::super::walk::hidden;

/// The names of one archive.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Hidden files and folders that have been told.
    hidden: BTreeSet<String>,
}

/// Why a file is not looked at.
pub(super) enum Refused {
    /// It is in a hidden folder that has a row already.
    Told,
    /// The path to be shown, and why.
    Untold(String, Reason),
}

impl Names {
    /// The path of a file in the archive with `/` between folders, if it may be looked at.
    pub(super) fn admit(&mut self, name: &str) -> Result<String, Refused> {
        // Archives made on Windows by old programs have backslashes.
        let name = if name.contains('/') { name.to_owned() } else { name.replace('\\', "/") };
        let drive = matches!(name.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
        if drive || name.starts_with('/') || name.split('/').any(|part| part == "..") {
            let detail = "an absolute path or one with `..`, which would lead out of the archive".to_owned();
            return Err(Refused::Untold(name, ("unsafe_path", detail)));
        }
        let mut path = String::with_capacity(name.len());
        for part in name.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(part);
            if let Some(detail) = hidden(part) {
                return Err(match self.hidden.insert(path.clone()) {
                    true => Refused::Untold(path, ("hidden", detail.to_owned())),
                    false => Refused::Told,
                });
            }
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(names: &mut Names, name: &str) -> String {
        match names.admit(name) {
            Ok(path) => path,
            Err(Refused::Told) => "told".to_owned(),
            Err(Refused::Untold(path, (reason, _))) => format!("{reason} {path}"),
        }
    }

    #[test]
    fn names_that_lead_out_and_hidden_names_are_refused() {
        let mut names = Names::default();
        let cases = [
            ("./a//b.txt", "a/b.txt"),
            ("a\\b.txt", "a/b.txt"),
            ("/etc/passwd.txt", "unsafe_path /etc/passwd.txt"),
            ("a/../../b.txt", "unsafe_path a/../../b.txt"),
            ("C:\\b.txt", "unsafe_path C:/b.txt"),
            ("a/.git/b.txt", "hidden a/.git"),
            ("a/.git/c.txt", "told"),
            ("__MACOSX/._b.txt", "hidden __MACOSX"),
            ("a..b/c...txt", "a..b/c...txt"),
        ];
        for (name, expected) in cases {
            assert_eq!(admitted(&mut names, name), expected);
        }
    }
}
