//! Multiword tokens: where *don't*, *Bush's*, *cannot* and *parents'* are cut into words.

use super::lists;

/// Whether `c` serves as an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | '\u{2bc}' | '\u{ff07}')
}

/// Byte offsets at which the token is cut; empty for a single word.
pub(crate) fn parts(token: &str) -> Vec<usize> {
    if token.len() > 40 || !token.chars().next().is_some_and(|c| c.is_alphanumeric() || is_apostrophe(c)) {
        return Vec::new();
    }
    if token.bytes().all(|b| b.is_ascii_alphabetic()) {
        return lists::contraction(&token.to_ascii_lowercase()).map(<[usize]>::to_vec).unwrap_or_default();
    }
    if !token.contains(is_apostrophe) {
        return Vec::new();
    }
    let mut cuts = Vec::new();
    let mut end = token.len();
    while let Some(at) = last_cut(&token[..end]) {
        cuts.push(at);
        end = at;
        if cuts.len() == 2 {
            break;
        }
    }
    cuts.reverse();
    cuts
}

/// Where the last enclitic of `word` begins.
fn last_cut(word: &str) -> Option<usize> {
    let (at, apostrophe) = word.char_indices().rev().find(|(_, c)| is_apostrophe(*c))?;
    let after = word[at + apostrophe.len_utf8()..].to_lowercase();
    let before = &word[..at];
    let last = before.chars().next_back()?;
    match after.as_str() {
        "t" if matches!(last, 'n' | 'N') && before.len() > 1 => Some(at - 1),
        // 1980's is one word.
        "s" if before.bytes().all(|b| b.is_ascii_digit()) && before.ends_with('0') => None,
        "s" | "d" | "m" | "re" | "ve" | "ll" if last.is_alphanumeric() || matches!(last, '.' | '!') => {
            Some(at)
        }
        "" if matches!(last, 's' | 'S' | 'z' | 'x') && before.len() > 1 => Some(at),
        "all" if before.eq_ignore_ascii_case("y") => Some(at + apostrophe.len_utf8()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::parts;

    fn split(token: &str) -> String {
        let mut out = String::new();
        let mut start = 0;
        for end in parts(token).into_iter().chain([token.len()]) {
            out = out + &token[start..end] + " ";
            start = end;
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn contractions_and_possessives_are_several_words() {
        let cases = [
            "don't",
            "CAN’T",
            "Bush`s",
            "U.S.'s",
            "parents'",
            "cannot",
            "Gonna",
            "wouldn't've",
            "it’ll",
            "dunno",
        ];
        let words = [
            "do n't",
            "CA N’T",
            "Bush `s",
            "U.S. 's",
            "parents '",
            "can not",
            "Gon na",
            "would n't 've",
            "it ’ll",
            "du n no",
        ];
        assert_eq!(cases.map(split), words);
    }

    #[test]
    fn apostrophes_inside_names_and_decades_stay() {
        for word in [
            "O'Reilly",
            "Sana'a",
            "d'état",
            "1980's",
            "Ba'athist",
            "'em",
            "'s",
            "n't",
            "rock'n'roll",
            "its",
            "'",
        ] {
            assert_eq!(split(word), word);
        }
    }
}
