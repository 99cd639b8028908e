//! Bytes become [`record::Article`]s.
//!
//! `intake` takes what a user names (a file, a folder, a pattern, standard input, one address) and gives back a
//! stream in which every element is either an article or the reason why there is none. The stream never ends early
//! because one input is bad, and JSON lines are never loaded whole.
//!
//! ```
//! let inputs = [intake::Input::bytes("k05.txt", "KYIV, Oct. 28 (Reuters) - Talks were held.")];
//! for read in intake::read(&inputs, &intake::Options::default()) {
//!     match read {
//!         Ok(item) => assert_eq!(item.article.id, "k05"),
//!         Err(skipped) => panic!("{skipped}"),
//!     }
//! }
//! ```
//!
//! # What is kept of the text
//! - **Plain text**: everything, to the byte, minus a byte order mark, minus a [header](crate::Format::Text) at the
//!   very top (front matter between `---` lines, or lines `Title: …`, `Date: …` before a blank line), which becomes
//!   metadata. Line ends, zero-width characters and combining marks stay as they are.
//! - **JSON**: the text field exactly as given.
//! - **Markdown**: the words without the markup, paragraphs separated by a blank line.
//! - **HTML**: the headline, a blank line, and the paragraphs of the main content, separated by blank lines.
//!
//! # What is never done
//! No date is made up: one that cannot be read is a [`Warning`] and `None`. Text that is not English is skipped,
//! named by its language. Bytes that are not text are refused, named by what they are.
//!
//! Out of scope: what the words mean. Which agencies exist is the caller's knowledge (see [`datelines`]). Feeds, CSV,
//! Parquet, WARC and compressed files are for later: each is one more file in `format/` and one more [`Format`].

mod binary;
mod dateline;
mod dates;
mod decode;
mod draft;
mod fetch;
mod format;
mod header;
mod headline;
mod input;
mod item;
mod language;
mod names;
mod options;
mod reader;
mod records;
mod skipped;
mod sniff;
mod source;
mod walk;

pub use dateline::{CreditLine, credit_lines, datelines};
pub use dates::parse_date;
pub use input::Input;
pub use item::{Item, Warning};
pub use language::detect_language;
pub use options::{
    MAX_ARTICLE_BYTES, MAX_FOLDER_DEPTH, MAX_LINE_BYTES, MAX_PAGE_BYTES, MAX_PAGE_DEPTH, MAX_PAGE_ELEMENTS,
    MAX_REDIRECTS, NETWORK_TIME, Options,
};
pub use reader::{Articles, read};
pub use skipped::{Place, Reason, Skipped};
pub use sniff::Format;
