//! Ids for articles that bring none: short where that is unique, longer where it is not.

use std::collections::HashSet;
use std::path::Path;

/// The ids given so far in one run.
#[derive(Debug, Default)]
pub(crate) struct Names {
    given: HashSet<String>,
}

impl Names {
    /// An id for the file at `path`, which was reached through `root` (a folder, or empty for a file named itself).
    /// Tried in turn: the path inside `root` without its ending, with it, the whole path without its ending, with
    /// it, and at last with a number.
    pub(crate) fn unique(&mut self, root: &Path, path: &Path) -> String {
        let inside = if root.as_os_str().is_empty() {
            Path::new(path.file_name().unwrap_or(path.as_os_str()))
        } else {
            path.strip_prefix(root).unwrap_or(path)
        };
        for candidate in [bare(inside), whole(inside), bare(path), whole(path)] {
            if self.given.insert(candidate.clone()) {
                return candidate;
            }
        }
        let base = whole(path);
        let mut number = 2u64;
        loop {
            let candidate = format!("{base}#{number}");
            if self.given.insert(candidate.clone()) {
                return candidate;
            }
            number += 1;
        }
    }
}

fn bare(path: &Path) -> String {
    whole(&path.with_extension(""))
}

/// The path with `/` on every system, without `./` in front.
fn whole(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|part| !matches!(part, std::path::Component::CurDir | std::path::Component::RootDir))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_until_they_clash() {
        let mut names = Names::default();
        let mut id = |root: &str, path: &str| names.unique(Path::new(root), Path::new(path));
        assert_eq!(id("corpus", "corpus/k05.txt"), "k05");
        assert_eq!(id("corpus", "corpus/2024/k05.txt"), "2024/k05");
        assert_eq!(id("corpus", "corpus/k05.html"), "k05.html");
        assert_eq!(id("", "other/k05.txt"), "k05.txt");
        assert_eq!(id("", "./third/k05.txt"), "third/k05");
        assert_eq!(id("", "./third/k05.txt"), "third/k05.txt");
        assert_eq!(id("", "./third/k05.txt"), "third/k05.txt#2");
    }
}
