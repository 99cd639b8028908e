//! An article together with what a user should know about how it was read.

use crate::Place;
use record::Article;
use std::fmt;
use thiserror::Error;

/// One article as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The article. Its `dateline` and `credit` are filled by [`crate::datelines`].
    pub article: Article,
    /// The input it came from, as messages name it.
    pub input: String,
    /// Where in that input, if it holds several.
    pub place: Option<Place>,
    /// What was doubtful while reading it. The article is usable all the same.
    pub warnings: Vec<Warning>,
}

impl Item {
    /// Where the article came from, in words: `news.jsonl, line 3`.
    pub fn origin(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| {
            f.write_str(&self.input)?;
            self.place.map_or(Ok(()), |place| write!(f, ", {place}"))
        })
    }
}

/// Something doubtful that did not keep an article from being read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Warning {
    /// Bytes that do not fit the encoding were replaced by U+FFFD.
    #[error(
        "broken {encoding}: bytes from byte {at} on do not fit and were replaced by \u{FFFD}; see that the file is whole"
    )]
    Replaced {
        /// The encoding used.
        encoding: &'static str,
        /// The first byte that does not fit, counted from 0.
        at: u64,
    },
    /// Not UTF-8 and no encoding declared: it was guessed.
    #[error(
        "not UTF-8 (first at byte {at}) and no encoding is declared; read as {encoding}. If names look wrong, save it as UTF-8"
    )]
    Guessed {
        /// The encoding chosen.
        encoding: &'static str,
        /// The first byte that is not UTF-8, counted from 0.
        at: u64,
    },
    /// A publication date that could not be read, or could be read in two ways. The article has no date.
    #[error("the date `{value}` cannot be read with certainty; write it as YYYY-MM-DD")]
    UnclearDate {
        /// The date as written.
        value: String,
    },
    /// The input declares one language and the text is in another. The text decides.
    #[error("declared as `{declared}` but the text is `{found}`")]
    OtherLanguage {
        /// What the input says.
        declared: String,
        /// What the text is.
        found: String,
    },
}

impl Warning {
    /// What many articles have in common that carry such a warning.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Replaced { .. } => "bytes that do not fit the encoding",
            Self::Guessed { .. } => "a guessed encoding",
            Self::UnclearDate { .. } => "a date that cannot be read with certainty",
            Self::OtherLanguage { .. } => "another language than declared",
        }
    }
}
