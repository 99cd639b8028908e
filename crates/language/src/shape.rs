//! The casing class of a word: what the encoder's uncased vocabulary cannot see. Mirrors `shape` in `training/data.py`.

/// Class of a special piece such as `[CLS]`.
pub(crate) const SPECIAL: u8 = 0;

/// 1 punctuation, 2 digits, 3 letters and digits, 4 lower, 5 Title, 6 one capital, 7 CAPITALS, 8 miXed, 9 caseless letters.
pub(crate) fn of(word: &str) -> u8 {
    let (mut letters, mut upper, mut lower) = (0, 0, 0);
    let (mut digit, mut first_upper) = (false, false);
    for c in word.chars() {
        digit |= c.is_ascii_digit();
        if c.is_alphabetic() {
            if letters == 0 {
                first_upper = c.is_uppercase();
            }
            letters += 1;
            upper += u32::from(c.is_uppercase());
            lower += u32::from(c.is_lowercase());
        }
    }
    match (letters, digit) {
        (0, true) => 2,
        (0, false) => 1,
        (_, true) => 3,
        _ if upper == 0 => {
            if lower > 0 {
                4
            } else {
                9
            }
        }
        _ if lower == 0 => {
            if letters == 1 {
                6
            } else {
                7
            }
        }
        _ if upper == 1 && first_upper => 5,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn classes_tell_headline_and_name_casing_apart() {
        let classes = ["…", "1,500", "F16", "troops", "Kyiv", "A", "NATO", "McCain", "北京"].map(of);
        assert_eq!(classes, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
}
