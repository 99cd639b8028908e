//! Names of agencies inside a line.

/// Names this short are acronyms; they count only in their own spelling (`AP`, not `ap`).
const ACRONYM: usize = 5;

/// The first agency named in `line`, the longest where two begin at one place, as byte offsets.
pub(crate) fn find(line: &str, agencies: &[&str]) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for name in agencies.iter().filter(|name| !name.is_empty()) {
        for (at, _) in line.char_indices() {
            if best.is_some_and(|(start, _)| at > start) {
                break;
            }
            let end = at + name.len();
            let Some(words) = line.get(at..end) else { continue };
            let same = if name.len() <= ACRONYM { words == *name } else { words.eq_ignore_ascii_case(name) };
            let bounded = !line[..at].ends_with(char::is_alphanumeric)
                && !line[end..].starts_with(char::is_alphanumeric);
            if same && bounded && best.is_none_or(|(start, stop)| at < start || end > stop) {
                best = Some((at, end));
            }
        }
    }
    best
}

/// Whether a line is nothing but one or more agencies, such as `AFP/Reuters`.
pub(crate) fn is_all(line: &str, agencies: &[&str]) -> bool {
    let mut rest = line;
    let mut any = false;
    while let Some((start, end)) = find(rest, agencies) {
        if rest[..start].chars().any(char::is_alphanumeric) {
            return false;
        }
        any = true;
        rest = rest[end..].trim_start().trim_start_matches("and ");
    }
    any && !rest.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &[&str] = &["AP", "AFP", "Reuters", "Xinhua", "Xinhua News Agency"];

    #[test]
    fn names_are_whole_words() {
        let found = |line: &'static str| find(line, SOME).map_or("", |(start, end)| &line[start..end]);
        assert_eq!(found("by the xinhua news agency and AP"), "xinhua news agency");
        assert_eq!(found("MAP of APEC ap"), "");
        assert_eq!(found("é — AFP"), "AFP");
        assert!(is_all("— AFP/Reuters", SOME));
        assert!(!is_all("AFP reported", SOME));
        assert!(!is_all("—", SOME));
    }
}
