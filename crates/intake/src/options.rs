//! Limits, each with its reason, and the settings that may change them.

use crate::Format;
use std::time::Duration;

/// Longest text of one article, in bytes of UTF-8. The longest news texts (live blogs, court rulings printed whole)
/// stay under 1 MB; beyond 5 MB the input is a book or a corpus in one file.
pub const MAX_ARTICLE_BYTES: usize = 5_000_000;

/// Longest line of JSON lines, and longest element of a JSON array, in bytes. A 5 MB text written wholly in `\uXXXX`
/// escapes takes up to 30 MB.
pub const MAX_LINE_BYTES: usize = 32 * 1024 * 1024;

/// Largest HTML page, from a file or the network, in bytes. News pages are 0.1 to 2 MB.
pub const MAX_PAGE_BYTES: usize = 10_000_000;

/// Deepest nesting of HTML elements. Real pages stay under 100; pages that never close their tags reach a few
/// hundred. The parser's time grows with the square of the depth.
pub const MAX_PAGE_DEPTH: usize = 600;

/// Most HTML elements in one page. Live blogs with a thousand entries have about 50,000.
pub const MAX_PAGE_ELEMENTS: usize = 200_000;

/// Deepest folder below the one named. Deeper ones are named and left out; links to folders are never followed.
pub const MAX_FOLDER_DEPTH: usize = 64;

/// Most redirects followed for one address.
pub const MAX_REDIRECTS: u32 = 5;

/// Longest time for one address, from name look-up to last byte.
pub const NETWORK_TIME: Duration = Duration::from_secs(20);

/// How to read. `Options::default()` is what the command line uses.
#[derive(Clone, Debug)]
pub struct Options {
    /// The format of every input, where the user says so; otherwise name and content decide.
    pub format: Option<Format>,
    /// See [`MAX_ARTICLE_BYTES`].
    pub article_bytes: usize,
    /// See [`MAX_LINE_BYTES`].
    pub line_bytes: usize,
    /// See [`MAX_PAGE_BYTES`].
    pub page_bytes: usize,
    /// See [`MAX_REDIRECTS`].
    pub redirects: u32,
    /// See [`NETWORK_TIME`].
    pub network_time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            format: None,
            article_bytes: MAX_ARTICLE_BYTES,
            line_bytes: MAX_LINE_BYTES,
            page_bytes: MAX_PAGE_BYTES,
            redirects: MAX_REDIRECTS,
            network_time: NETWORK_TIME,
        }
    }
}
