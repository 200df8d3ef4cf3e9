//! The group of articles within which a recurring passage is looked for and the order of day and month is one.
//!
//! It reads an article's outlet and, where none is known, its path; it looks at no text.

use crate::document::Article;

/// The outlet; where it is not known, the table that holds the record or the innermost folder that holds the file.
pub(super) fn outlet_of(article: &Article) -> String {
    let outlet = article.outlet.trim();
    if !outlet.is_empty() {
        return outlet.to_lowercase();
    }
    let folder = if article.record > 0 { article.path.as_str() } else { parent(&article.path) };
    format!("/{folder}")
}

/// Whether it is the name of an outlet, and no folder or table.
pub(super) fn is_name(outlet: &str) -> bool {
    !outlet.starts_with('/')
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_or_a_table_stands_for_an_outlet_that_is_not_known() {
        let of = |outlet: &str, path: &str, record| {
            outlet_of(&Article { outlet: outlet.into(), path: path.into(), record, ..Article::default() })
        };
        assert_eq!(of("The Harbour Post ", "a/b.txt", 0), "the harbour post");
        assert_eq!(of("", "2024.zip/post/b.txt", 0), "/2024.zip/post");
        assert_eq!(of("", "b.txt", 0), "/");
        assert_eq!(of("", "posts/all.csv", 3), "/posts/all.csv");
    }
}
