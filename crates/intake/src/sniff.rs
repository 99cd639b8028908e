//! Which reader an input gets: by its name's ending, else by its first bytes.

use crate::Reason;
use std::path::Path;

/// The formats that are read. To add one: a variant here, its endings in [`Format::of_name`], a file in `format/`,
/// and a line in `reader.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text: `.txt`, `.text`. At its very top it may carry metadata: lines `key: value` between two lines `---`,
    /// or lines `Title:`, `Outlet:`, `Date:`, `URL:`, `ID:`, `Language:` followed by a blank line. The article's text
    /// begins after them.
    Text,
    /// CommonMark: `.md`, `.markdown`, with the same metadata at its top.
    Markdown,
    /// A web page: `.html`, `.htm`, `.xhtml`.
    Html,
    /// One JSON object a line: `.jsonl`, `.ndjson`.
    JsonLines,
    /// One JSON object, an array of them, or several in a row: `.json`.
    Json,
}

impl Format {
    /// The format that the ending of a name says.
    pub fn of_name(path: &Path) -> Option<Self> {
        Some(match ending(path)?.as_str() {
            "txt" | "text" => Self::Text,
            "md" | "markdown" => Self::Markdown,
            "html" | "htm" | "xhtml" => Self::Html,
            "jsonl" | "ndjson" => Self::JsonLines,
            "json" => Self::Json,
            _ => return None,
        })
    }

    /// The format that an HTTP `Content-Type` says; `None` where it says nothing useful.
    pub(crate) fn of_media_type(media_type: &str) -> Option<Self> {
        Some(match media_type.trim().to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Self::Html,
            "text/markdown" => Self::Markdown,
            "application/json" | "application/ld+json" => Self::Json,
            "application/jsonl" | "application/x-ndjson" | "application/x-jsonlines" => Self::JsonLines,
            _ => return None,
        })
    }

    /// The format that the first bytes show, or the reason why it is none that is read.
    pub(crate) fn of_content(start: &[u8]) -> Result<Self, Reason> {
        let start = crate::decode::decode(start, None).text.to_ascii_lowercase();
        let start = start.trim_start();
        if start.starts_with("<?xml") || start.starts_with("<rss") || start.starts_with("<feed") {
            if start.contains("<html") {
                return Ok(Self::Html);
            }
            let feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| start.contains(tag));
            return Err(Reason::Unsupported { what: if feed { "a feed" } else { "XML" } });
        }
        if is_html(start) {
            return Ok(Self::Html);
        }
        let mut lines = start.lines();
        let first = lines.next().unwrap_or("").trim();
        let object = |s: &str| s.strip_prefix('{').is_some_and(|r| r.trim_start().starts_with(['"', '}']));
        if let Some(inside) = start.strip_prefix('[') {
            return Ok(if object(inside.trim_start()) { Self::Json } else { Self::Text });
        }
        if object(start) {
            return Ok(if first == "{" || !first.contains(':') { Self::Json } else { Self::JsonLines });
        }
        Ok(Self::Text)
    }
}

/// The reason to refuse a file by its ending alone.
pub(crate) fn refused_name(path: &Path) -> Option<Reason> {
    let what = match ending(path)?.as_str() {
        "csv" => "CSV",
        "tsv" => "TSV",
        "rss" | "atom" => "a feed",
        "warc" => "a web archive",
        _ => return None,
    };
    Some(Reason::Unsupported { what })
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Whether text, in small letters and without white space before it, opens like a web page.
fn is_html(mut start: &str) -> bool {
    while let Some(rest) = start.strip_prefix("<!--") {
        match rest.split_once("-->") {
            Some((_, after)) => start = after.trim_start(),
            None => return true,
        }
    }
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "article",
        "main",
        "div",
        "section",
        "header",
        "p",
        "h1",
        "h2",
        "table",
    ];
    start.strip_prefix('<').is_some_and(|rest| {
        TAGS.iter().any(|tag| {
            rest.strip_prefix(tag).is_some_and(|after| after.starts_with([' ', '>', '\n', '\r', '\t', '/']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_shows_the_format() {
        let of = |s: &str| Format::of_content(s.as_bytes());
        assert_eq!(of("<!DOCTYPE html>\n<html>"), Ok(Format::Html));
        assert_eq!(of("<!-- saved --> <p class=x>Hi"), Ok(Format::Html));
        assert_eq!(of("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2}"), Ok(Format::JsonLines));
        assert_eq!(of("{\n  \"id\": 1\n}"), Ok(Format::Json));
        assert_eq!(of(" [ {\"id\": 1}]"), Ok(Format::Json));
        assert_eq!(of("[Editor's note: this story was corrected.]"), Ok(Format::Text));
        assert_eq!(of("<unnamed sources> said so"), Ok(Format::Text));
        assert_eq!(of("<?xml version='1.0'?><rss>"), Err(Reason::Unsupported { what: "a feed" }));
    }
}
