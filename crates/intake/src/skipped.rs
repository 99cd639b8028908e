//! Why an input gave no article: what was wrong, where, and what to do.

use std::fmt;
use thiserror::Error;

/// An input, or a part of one, that gave no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The input as the user knows it: a path, an address, `standard input`.
    pub input: String,
    /// Where in the input.
    pub place: Option<Place>,
    /// What was wrong.
    pub reason: Reason,
}

/// A place inside an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A line, counted from 1.
    Line(u64),
    /// An element of a JSON array, counted from 1.
    Element(u64),
    /// A byte, counted from 0.
    Byte(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Element(number) => write!(f, "element {number}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

impl Skipped {
    pub(crate) fn new(input: impl Into<String>, place: Option<Place>, reason: Reason) -> Self {
        Self { input: input.into(), place, reason }
    }

    /// What the user can do about it.
    pub fn advice(&self) -> &'static str {
        self.reason.advice()
    }

    /// Whether the command was wrong (no such file) rather than the content.
    pub fn is_usage(&self) -> bool {
        self.reason.is_usage()
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.input)?;
        if let Some(place) = self.place {
            write!(f, ", {place}")?;
        }
        write!(f, ": {}; {}", self.reason, self.advice())
    }
}

impl std::error::Error for Skipped {}

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Reason {
    /// No such file or folder.
    #[error("no such file or folder")]
    NotFound,
    /// A pattern that cannot be understood.
    #[error("not a valid pattern ({0})")]
    BadPattern(String),
    /// A pattern that matches nothing.
    #[error("no file matches this pattern")]
    NoMatch,
    /// A folder without a file of a known ending.
    #[error("no articles in this folder: looked for .txt .md .html .jsonl .json in it and below")]
    EmptyFolder,
    /// A folder below too many others.
    #[error("folder nested more than {0} deep")]
    FolderTooDeep(usize),
    /// The file system or the pipe failed.
    #[error("cannot be read ({0})")]
    Io(String),
    /// Not an address.
    #[error("not a valid address ({0})")]
    BadUrl(String),
    /// An address of another kind than http and https.
    #[error("`{0}` addresses are not read")]
    Scheme(String),
    /// Nothing but white space.
    #[error("empty: no text in it")]
    Empty,
    /// Not one letter.
    #[error("no words: nothing in it but digits, signs and symbols")]
    NoWords,
    /// A text over the limit.
    #[error("longer than {limit} bytes, the limit for one article")]
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// A line or element over the limit.
    #[error("longer than {limit} bytes, the limit for one line of JSON")]
    LineTooLong {
        /// The limit.
        limit: usize,
    },
    /// Not text.
    #[error("not text but {what}")]
    Binary {
        /// What it is.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A format of text that is not read yet.
    #[error("{what} is not read as articles")]
    Unsupported {
        /// What it is.
        what: &'static str,
    },
    /// Not JSON.
    #[error("not valid JSON: {0}")]
    BrokenJson(String),
    /// JSON, but not an object.
    #[error("JSON, but {0} instead of an object with a text in it")]
    NotAnObject(&'static str),
    /// An object without a text.
    #[error("no text: the fields are {0}")]
    NoTextField(String),
    /// A page without an article.
    #[error("no article found in this page")]
    NoContent,
    /// A page over a limit.
    #[error("a page with {what}")]
    PageLimit {
        /// The limit, in words.
        what: String,
    },
    /// Text in another language than English.
    #[error("not English: the text looks like {name} (`{code}`)")]
    NotEnglish {
        /// ISO 639-1 code.
        code: &'static str,
        /// English name of the language.
        name: &'static str,
    },
    /// No answer in time.
    #[error("no complete answer within {0} seconds")]
    NoAnswer(u64),
    /// Too many redirects.
    #[error("more than {0} redirects")]
    Redirects(u32),
    /// An answer other than success.
    #[error("the server answered with status {0}")]
    Status(u16),
    /// Any other failure of the network.
    #[error("cannot be fetched ({0})")]
    Network(String),
}

impl Reason {
    /// What the user can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NotFound => "check the spelling and the folder you are in",
            Self::BadPattern(_) => "use * for any name, ** for any folders, and quote the pattern",
            Self::NoMatch => "check the pattern, or name the folder instead",
            Self::EmptyFolder => "name the files themselves if they end otherwise",
            Self::FolderTooDeep(_) => "name that folder itself",
            Self::Io(_) => "check that it is a readable file",
            Self::BadUrl(_) => "write it as https://host/path",
            Self::Scheme(_) => "use http or https, or save the page and name the file",
            Self::Empty => "leave it out, or see whether it was saved whole",
            Self::NoWords => "leave it out, or see whether it is the right file",
            Self::TooLong { .. } => "split it into its articles, one file or JSON line each",
            Self::LineTooLong { .. } => "see that each line holds one article",
            Self::Binary { advice, .. } => advice,
            Self::Unsupported { .. } => "convert it to text, HTML or JSON lines",
            Self::BrokenJson(_) => "repair or remove it; each line or element must be one JSON object",
            Self::NotAnObject(_) => "write each article as {\"id\": …, \"text\": …}",
            Self::NoTextField(_) => "name the article's text `text`, `body`, `content` or `event_text`",
            Self::NoContent => "if a script draws it, open it in a browser, and save the text from there",
            Self::PageLimit { .. } => "save the article's text and give that instead",
            Self::NotEnglish { .. } => "translate it first; only English is coded",
            Self::NoAnswer(_) => "try again later, or save the page and name the file",
            Self::Redirects(_) => "open it in a browser and use the address it ends at",
            Self::Status(_) => "see whether it opens in a browser; pages behind a login must be saved first",
            Self::Network(_) => "check the address and the connection",
        }
    }

    /// Whether the command was wrong rather than the content.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NotFound
                | Self::BadPattern(_)
                | Self::NoMatch
                | Self::EmptyFolder
                | Self::BadUrl(_)
                | Self::Scheme(_)
        )
    }
}

impl From<std::io::Error> for Reason {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Io(error.to_string()),
        }
    }
}
