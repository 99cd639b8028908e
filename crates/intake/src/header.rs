//! Metadata at the very top of plain text and Markdown: front matter, or a block of `Title: …` lines.

use crate::draft::Draft;

/// Most lines of metadata.
const MOST_LINES: usize = 100;

/// Moves metadata from the top of `text` into a draft and gives the rest of the text, which is the article.
pub(crate) fn split(text: &str) -> (Draft, &str) {
    front_matter(text).or_else(|| block(text)).unwrap_or((Draft::default(), text))
}

/// Lines `key: value` between two lines `---`. What is not of that form (lists, nested keys) is passed over.
fn front_matter(text: &str) -> Option<(Draft, &str)> {
    let mut rest = text.strip_prefix("---")?;
    rest = rest.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let mut draft = Draft::default();
    let mut keys = 0;
    for _ in 0..MOST_LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return (keys > 0).then(|| (draft, without_blank_lines(after)));
        }
        if let Some((key, value)) = key_and_value(line) {
            keys += 1;
            draft.set(key, unquoted(value));
        }
        if after.is_empty() {
            return None;
        }
        rest = after;
    }
    None
}

/// Lines `Title: …`, all with known keys, up to a blank line with text after it.
fn block(text: &str) -> Option<(Draft, &str)> {
    let mut rest = text;
    let mut draft = Draft::default();
    for number in 0..MOST_LINES {
        let (line, after) = rest.split_once('\n')?;
        if line.trim().is_empty() {
            let article = without_blank_lines(after);
            return (number > 0 && !article.trim().is_empty()).then_some((draft, article));
        }
        let (key, value) = key_and_value(line)?;
        if !draft.set(key, value) {
            return None;
        }
        rest = after;
    }
    None
}

fn key_and_value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let plain =
        !key.is_empty() && key.len() <= 30 && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
    (plain && !key.starts_with([' ', '-'])).then_some((key.trim(), value.trim()))
}

fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote)) {
            return inside;
        }
    }
    value
}

fn without_blank_lines(mut text: &str) -> &str {
    while let Some((line, after)) = text.split_once('\n') {
        if !line.trim().is_empty() {
            break;
        }
        text = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_becomes_metadata() {
        let (draft, text) =
            split("---\r\ntitle: \"A: B\"\r\ndate: 2024-10-28\r\ntags:\r\n  - war\r\n---\r\n\r\nKyiv.\r\n");
        assert_eq!(draft.title.as_deref(), Some("A: B"));
        assert_eq!(draft.published.as_deref(), Some("2024-10-28"));
        assert_eq!(text, "Kyiv.\r\n");
    }

    #[test]
    fn a_block_of_known_keys_becomes_metadata() {
        let (draft, text) =
            split("Title: Envoys meet\nOutlet: Scheldt Courier\nDate: Oct. 28, 2024\n\nKyiv.\n\nMore.");
        assert_eq!(draft.outlet.as_deref(), Some("Scheldt Courier"));
        assert_eq!(text, "Kyiv.\n\nMore.");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in [
            "---\n\nA rule, then text.\n\n---\n",
            "Minister: we will not go\n\nText.",
            "Title: only a title",
            "---",
            "",
        ] {
            assert_eq!(split(text).1, text);
        }
    }
}
