//! What words before a dash must look like to be a dateline's place. Which places exist is the atlas's knowledge.

/// Whether words are shaped like a place: capitals, few, and no digits. Which places exist is not known here.
pub(super) fn is_place(words: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "the", "and", "on", "in", "near", "off", "aboard", "de", "la", "le", "el", "al", "du", "des",
        "del", "da", "di", "do", "der", "am", "an", "sur", "e", "y", "es",
    ];
    const OPENERS: &[&str] = &[
        "In", "On", "At", "For", "From", "By", "After", "As", "But", "And", "When", "While", "It", "He",
        "She", "They", "We", "This", "That", "There", "Since", "Until", "Before", "If", "To", "A", "An",
        "What", "Who", "Why", "How",
    ];
    let mut parts = words.split(|c: char| c.is_whitespace() || c == '/').filter(|w| !w.is_empty());
    let first = words.split_whitespace().next().unwrap_or("");
    words.chars().count() <= 60
        && words.split_whitespace().count() <= 8
        && words.matches(',').count() <= 3
        && words
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || ",.'’‘-/\u{301}\u{308}".contains(c))
        && words.starts_with(char::is_uppercase)
        && !OPENERS.contains(&first)
        && parts.all(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphabetic());
            bare.is_empty()
                || bare.starts_with(char::is_uppercase)
                || SMALL.contains(&bare)
                || word.contains('-')
        })
}

/// Whether the first part of a place stands in capitals.
pub(super) fn is_capitals(place: &str) -> bool {
    let first = place.split(',').next().unwrap_or("");
    first.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !first.chars().any(char::is_lowercase)
}

/// Labels that stand in capitals before a colon and are no places.
pub(super) fn is_label(words: &str) -> bool {
    const LABELS: &[&str] = &[
        "WATCH",
        "LIVE",
        "BREAKING",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "ANALYSIS",
        "OPINION",
        "EXPLAINER",
        "FACTBOX",
        "VIDEO",
        "PHOTO",
        "PHOTOS",
        "EDITORIAL",
        "CORRECTION",
        "NOTE",
        "WARNING",
        "READ",
        "MORE",
        "SEE",
        "INTERVIEW",
        "ABSTRACT",
        "SUMMARY",
        "TIMELINE",
        "FILE",
        "TOPSHOT",
        "COMMENT",
        "REPORT",
        "QUESTION",
        "ANSWER",
        "HOST",
        "LOOK",
        "LISTEN",
        "POLL",
        "FACT",
        "REVIEW",
        "PROFILE",
        "GRAPHIC",
        "MAP",
        "STORY",
        "HIGHLIGHTS",
        "BACKGROUND",
    ];
    words.split_whitespace().any(|word| LABELS.contains(&word)) || words.split_whitespace().count() > 3
}
