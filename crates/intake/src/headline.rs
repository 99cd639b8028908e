//! The headline that stands in the text: the first paragraph, where it reads like one.

use record::Span;

/// Longest headline, in characters. Long web headlines reach 250.
const LONGEST: usize = 300;
/// Longest headline that ends with a full stop, in characters; longer ones are the first sentence of a report.
const LONGEST_WITH_STOP: usize = 120;

/// Where the headline stands in `text`. With a known `title`, the first paragraph must be that title; without, the
/// first paragraph must be one line, short, followed by a blank line and more text, and be no dateline or byline.
pub(crate) fn find(text: &str, title: Option<&str>) -> Option<Span> {
    let (first, followed) = first_paragraph(text)?;
    if let Some(title) = title {
        let line = first.of(text).lines().next().unwrap_or("");
        let start = first.start as usize;
        return if same_words(first.of(text), title) {
            Some(first)
        } else if same_words(line, title) {
            Some(Span::new(start, start + line.len()).trimmed(text))
        } else {
            None
        };
    }
    let words = first.of(text);
    let length = words.chars().count();
    let reads_like_one = followed
        && is_one_line(words)
        && words.chars().any(char::is_alphabetic)
        && length <= LONGEST
        && (!ends_with_stop(words)
            || words.contains('\n')
            || is_title_case(words)
            || (length <= LONGEST_WITH_STOP && !has_inner_stop(words)))
        && !words.starts_with("By ")
        && !words.ends_with(':')
        && !crate::dateline::opens_with(words);
    reads_like_one.then_some(first)
}

/// The words of a headline on one line.
pub(crate) fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first paragraph without white space around it, and whether a blank line and more text follow.
fn first_paragraph(text: &str) -> Option<(Span, bool)> {
    let paragraph = paragraphs(text).next()?;
    Some((paragraph, !text[paragraph.end as usize..].trim().is_empty()))
}

/// The paragraphs of a text: runs of lines between blank lines, without white space around them.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut found: Option<Span> = None;
        while at < text.len() {
            let end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
            let line = Span::new(at, end).trimmed(text);
            at = end;
            match (line.is_empty(), found) {
                (true, Some(_)) => break,
                (true, None) => {}
                (false, Some(so_far)) => found = Some(so_far.cover(line)),
                (false, None) => found = Some(line),
            }
        }
        found
    })
}

fn same_words(a: &str, b: &str) -> bool {
    let words = |s: &str| on_one_line(s.trim_end_matches('.'));
    let a = words(a);
    !a.is_empty() && a == words(b)
}

/// One line, or a headline that ends in a semicolon with its second deck below it, as press archives print them.
fn is_one_line(words: &str) -> bool {
    let mut lines = words.lines();
    let first = lines.next().unwrap_or("");
    lines.next().is_none() || (first.trim_end().ends_with(';') && lines.next().is_none())
}

/// Whether most words of some length begin with a capital.
fn is_title_case(words: &str) -> bool {
    let long: Vec<&str> = words.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capitals = long
        .iter()
        .filter(|w| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase));
    long.len() >= 4 && capitals.count() * 10 >= long.len() * 8
}

fn ends_with_stop(words: &str) -> bool {
    let bare = words.trim_end_matches(['"', '\'', '”', '’', ')', ']']);
    let Some(before) = bare.strip_suffix('.') else { return false };
    if before.ends_with(['…', '.', '?', '!']) {
        return false;
    }
    // `U.S.` and `D.C.` end headlines; their last letter stands alone.
    let mut back = before.chars().rev();
    !(back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| !c.is_alphabetic()))
}

fn has_inner_stop(words: &str) -> bool {
    words.match_indices(". ").any(|(at, _)| {
        let ended = words[..at].chars().rev().take(3).filter(|c| c.is_lowercase()).count() == 3;
        ended && words[at + 2..].starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline<'t>(text: &'t str, title: Option<&str>) -> &'t str {
        find(text, title).map_or("", |span| span.of(text))
    }

    #[test]
    fn a_short_first_paragraph_is_the_headline() {
        assert_eq!(headline("Troops leave 🛰️ Kyiv\r\n\r\nThe rest.", None), "Troops leave 🛰️ Kyiv");
        assert_eq!(
            headline("\u{200B}Envoys meet in the U.S.\n \nThe rest.", None),
            "\u{200B}Envoys meet in the U.S."
        );
        assert_eq!(headline("A second deck; \nBelow it.\n\nThe rest.", None), "A second deck; \nBelow it.");
        assert_eq!(headline("Envoys Meet In Geneva. Here Is What They Want.\n\nThe rest.", None).len(), 46);
        assert_eq!(headline("Trump not walking the walk.\n\nThe rest.", None), "Trump not walking the walk.");
    }

    #[test]
    fn first_sentences_datelines_and_lone_paragraphs_are_not() {
        for text in [
            "Talks resumed on Monday. Both sides said so.\n\nThe rest.",
            "SEOUL, Oct. 18 (Yonhap) -- Troops left\n\nThe rest.",
            "Only one paragraph here",
            "A wrapped line of a report\nthat goes on here\n\nThe rest.",
            "By Jane Doe\n\nThe rest.",
            "",
            "\n\n",
        ] {
            assert_eq!(headline(text, None), "", "{text}");
        }
    }

    #[test]
    fn a_known_title_is_found_only_where_it_stands() {
        assert_eq!(
            headline("Troops  leave Kyiv.\nThe rest.", Some("Troops leave Kyiv")),
            "Troops  leave Kyiv."
        );
        assert_eq!(headline("Another line\n\nThe rest.", Some("Troops leave Kyiv")), "");
    }
}
