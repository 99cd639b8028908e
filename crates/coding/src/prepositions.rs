//! Closed classes of prepositions by what they say of a place. Used for mentions (place or government?) and for events.

/// Where something is or happens.
pub(crate) const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "over",
    "off",
    "within",
    "along",
    "beyond",
    "north of",
    "south of",
    "east of",
    "west of",
    "close to",
    "from inside",
    "in front of",
    "next to",
];

/// Into or towards a place; never a side.
pub(crate) const INTO: &[&str] = &["into", "towards", "toward", "onto"];

/// A movement for towns and provinces; with a state they mark a side (*to Russia*, *from Iran*).
pub(crate) const DIRECTION: &[&str] = &["to", "from", "through", "via", "on", "between", "for", "of"];

/// Whether a word says which part of a country or region a name means (*Eastern*, *North*).
pub(crate) fn is_direction(word: &str) -> bool {
    let word = word.to_lowercase();
    let bare = word.strip_suffix("ern").unwrap_or(&word);
    matches!(
        bare,
        "north" | "south" | "east" | "west" | "northeast" | "northwest" | "southeast" | "southwest"
    ) || matches!(word.as_str(), "central" | "upper" | "lower")
}

#[cfg(test)]
mod tests {
    use super::is_direction;

    #[test]
    fn directions_are_told_from_other_words() {
        for word in ["North", "Eastern", "northwest", "Southeastern", "Central"] {
            assert!(is_direction(word), "{word}");
        }
        for word in ["New", "Modern", "Northampton", "ern", ""] {
            assert!(!is_direction(word), "{word}");
        }
    }
}
