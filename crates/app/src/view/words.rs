//! Words made fit to print: an article must not move the cursor, change colours, or turn the direction of the page.

/// One line of plain text: white space and control characters become single spaces, and characters that are invisible
/// or turn the writing direction are dropped.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_whitespace() || c.is_control() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// At most `most` characters, cut between words, with `…` where something is missing.
pub fn clip(text: &str, most: usize) -> String {
    let text = text.trim();
    let Some((limit, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..limit];
    // A word longer than half the line is cut, not left out.
    let cut = head.rfind(' ').filter(|at| *at > limit / 2).unwrap_or(limit);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '—']))
}

/// `1 event`, `3 events`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_words() {
        assert_eq!(clean("a\u{1b}[31mred\r\nline\u{202e}x\u{200b}y"), "a [31mred linexy");
        assert_eq!(clean("👩‍🚀 é"), "👩‍🚀 é");
    }

    #[test]
    fn clipping_keeps_whole_words() {
        assert_eq!(clip("one two three four", 11), "one two…");
        assert_eq!(clip("short", 11), "short");
        assert_eq!(clip("абвгдежзик", 4), "абвг…");
    }
}
