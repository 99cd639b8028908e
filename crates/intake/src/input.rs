//! What a user may name as an input, and how an argument of the command line becomes one.

use std::path::PathBuf;

/// One input. Nothing is opened until the stream reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder that is walked with everything below it, in alphabetical order.
    Path(PathBuf),
    /// A pattern such as `corpus/**/*.txt` that the shell did not expand.
    Glob(String),
    /// Standard input, written `-`.
    Stdin,
    /// One address. Anything but `http://` and `https://` is refused.
    Url(String),
    /// Bytes already at hand. The name decides the id and, by its ending, the format.
    Bytes {
        /// A file name, real or not.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// Reads an argument of the command line. A path that exists wins over a pattern of the same spelling.
    pub fn parse(argument: &str) -> Self {
        if argument == "-" {
            return Self::Stdin;
        }
        if let Some((scheme, _)) = argument.split_once("://") {
            let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
            if is_scheme {
                return Self::Url(argument.to_owned());
            }
        }
        let path = PathBuf::from(argument);
        if argument.contains(['*', '?', '[']) && !path.exists() {
            return Self::Glob(argument.to_owned());
        }
        Self::Path(path)
    }

    /// Bytes already at hand.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self::Bytes { name: name.into(), bytes: bytes.into() }
    }

    /// The input as a message names it.
    pub fn shown(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Glob(pattern) => pattern.clone(),
            Self::Stdin => "standard input".to_owned(),
            Self::Url(url) => url.clone(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_become_inputs() {
        assert_eq!(Input::parse("-"), Input::Stdin);
        assert_eq!(Input::parse("https://example.org/a"), Input::Url("https://example.org/a".into()));
        assert_eq!(Input::parse("ftp://example.org/a"), Input::Url("ftp://example.org/a".into()));
        assert_eq!(Input::parse("none/*.txt"), Input::Glob("none/*.txt".into()));
        assert_eq!(Input::parse("a b/c.txt"), Input::Path("a b/c.txt".into()));
    }
}
