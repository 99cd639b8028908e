//! Blocks: stretches of text that no sentence crosses. Blank lines always end a block; single line breaks end one unless the
//! text is hard-wrapped, which shows in that the next line's first word would not have fitted on the line before, or the next line
//! plainly goes on in lower case.

use std::ops::Range;

/// A block.
#[derive(Debug, PartialEq)]
pub(crate) struct Block {
    /// Bytes, without surrounding white space.
    pub range: Range<usize>,
    /// Whether a blank line or the start of the text stands before it.
    pub opens_paragraph: bool,
}

struct Line {
    range: Range<usize>,
    /// Characters.
    width: usize,
    /// Characters of the first word.
    first: usize,
    after_blank: bool,
}

/// Longest line, in characters, that still counts as wrapped by hand or by a mail program.
const WIDEST: usize = 120;
const NARROWEST: usize = 40;

/// The blocks of `text`.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let wrap = wrap_width(&lines);
    let mut out: Vec<Block> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let joined = i > 0 && !line.after_blank && {
            let previous = &lines[i - 1];
            let wrapped = wrap.is_some_and(|w| previous.width * 2 > w && previous.width + 1 + line.first > w);
            // Pages copied with a break around each link: the sentence plainly goes on.
            let unfinished =
                !text[previous.range.clone()].ends_with(['.', '!', '?', ':', ';', '…', '"', '”', '’', ')']);
            wrapped || unfinished && text[line.range.clone()].starts_with(char::is_lowercase)
        };
        match out.last_mut() {
            Some(block) if joined => block.range.end = line.range.end,
            _ => out.push(Block { range: line.range.clone(), opens_paragraph: line.after_blank }),
        }
    }
    out
}

fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut blank = true;
    while start <= text.len() {
        let rest = &text[start..];
        let (end, skip) = match rest.find(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
            Some(i) => {
                let c = rest[i..].chars().next().map_or(1, char::len_utf8);
                (i, if rest[i..].starts_with("\r\n") { 2 } else { c })
            }
            None => (rest.len(), 1),
        };
        let line = &rest[..end];
        let trimmed = line.trim_matches(is_blank);
        if trimmed.is_empty() {
            blank = true;
        } else {
            let lead = line.len() - line.trim_start_matches(is_blank).len();
            let from = start + lead;
            // A paragraph separator, a form feed and an indented line open a paragraph as well.
            let first = trimmed.chars().take(WIDEST).take_while(|c| !c.is_whitespace()).count();
            out.push(Line {
                range: from..from + trimmed.len(),
                width: trimmed.chars().count(),
                first,
                after_blank: blank,
            });
            blank = matches!(rest[end..].chars().next(), Some('\u{2029}' | '\u{c}'));
        }
        start += end + skip;
    }
    out
}

/// White space, and the invisible characters that may stand where white space stands.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{0}'..='\u{1f}')
}

/// The width at which the text is wrapped, or `None` where its line breaks are meant.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let widest = lines.iter().map(|l| l.width).max()?;
    if !(NARROWEST..=WIDEST).contains(&widest) {
        return None;
    }
    let breaks = || lines.windows(2).filter(|w| !w[1].after_blank);
    let full = breaks().filter(|w| w[0].width + 1 + w[1].first > widest.saturating_sub(4)).count();
    let all = breaks().count();
    (all >= 2 && full * 10 >= all * 6).then_some(widest.saturating_sub(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        blocks(text).into_iter().map(|b| &text[b.range]).collect()
    }

    #[test]
    fn one_paragraph_a_line_is_kept_apart() {
        let text =
            "Troops sent to Russia\r\nSEOUL -- The government confirmed it.\n\n\u{feff}Moscow denied it.";
        assert_eq!(
            texts(text),
            ["Troops sent to Russia", "SEOUL -- The government confirmed it.", "Moscow denied it."]
        );
        let opens: Vec<bool> = blocks(text).iter().map(|b| b.opens_paragraph).collect();
        assert_eq!(opens, [true, false, true]);
    }

    #[test]
    fn hard_wrapped_lines_are_joined() {
        let text = "The government in Seoul confirmed on Monday that\nabout 1,500 soldiers had been sent to the east of\n\
                    Russia, where they were to be trained before they\nleave for the front.\nShort line\n";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn a_line_that_goes_on_in_lower_case_is_joined() {
        let text = "The candidate regularly\nincites\nviolence.\nHe denied it\nThe end";
        assert_eq!(texts(text), ["The candidate regularly\nincites\nviolence.", "He denied it", "The end"]);
    }

    #[test]
    fn nothing_but_blanks_has_no_blocks() {
        assert!(blocks("").is_empty());
        assert!(blocks(" \n\t\u{feff}\r\n\u{200b}").is_empty());
    }
}
