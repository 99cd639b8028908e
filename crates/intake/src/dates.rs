//! Publication dates in the forms that news and corpora use. What can be read in two ways is not read.

use jiff::civil::Date;

/// Reads the day from a date: ISO 8601 and RFC 3339 (`2024-10-28`, `2024-10-28T09:00:00+09:00`, `20241028`), RFC 2822,
/// English (`October 28, 2024`, `28 Oct 2024`), `28/10/2024` where only one reading is possible, and seconds or
/// milliseconds since 1970. The day is the one written, in the writer's own time zone. `None` where it is unclear.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    numeric(text).or_else(|| in_words(text))
}

fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1000..3000).contains(&year) {
        return None;
    }
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn numeric(text: &str) -> Option<Date> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (head, tail) = text.split_at(digits);
    if tail.is_empty() && (digits == 10 || digits == 13) {
        return since_1970(head.parse().ok()?, digits == 13);
    }
    if digits == 8 || (digits == 14 && tail.is_empty()) {
        return date(head[..4].parse().ok()?, head[4..6].parse().ok()?, head[6..8].parse().ok()?);
    }
    let separator = tail.chars().next().filter(|c| "-/.".contains(*c))?;
    let mut parts = text.splitn(3, separator);
    let (first, second) = (number(parts.next()?)?, number(parts.next()?)?);
    let third = parts.next()?;
    let length = third.bytes().take_while(u8::is_ascii_digit).count();
    let (third, rest) = third.split_at(length);
    if rest.starts_with(|c: char| c.is_alphabetic() && c != 'T') {
        return None;
    }
    let third_number = number(third)?;
    if digits == 4 {
        return (length <= 2).then(|| date(first, second, third_number))?;
    }
    if length != 4 || digits > 2 {
        return None;
    }
    match (first > 12, second > 12) {
        (true, false) => date(third_number, second, first),
        (false, true) => date(third_number, first, second),
        (false, false) if first == second => date(third_number, first, second),
        _ => None,
    }
}

fn since_1970(number: i64, milliseconds: bool) -> Option<Date> {
    let seconds = if milliseconds { number.div_euclid(1000) } else { number };
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(seconds.div_euclid(86_400)).ok()?).ok()
}

fn number(text: &str) -> Option<i64> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn in_words(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(12).collect();
    let (at, month) = words.iter().enumerate().find_map(|(i, word)| Some((i, month(word)?)))?;
    let before = at.checked_sub(1).and_then(|i| day(words[i]));
    let day = match before {
        Some(day) => day,
        None => day(words.get(at + 1)?)?,
    };
    let year = words.iter().find_map(|w| (w.len() == 4).then(|| number(w))?)?;
    date(year, month, day)
}

/// The number of an English month name or its usual abbreviation.
pub(crate) fn month(word: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let found =
        MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(&word)))?;
    Some(found as i64 + 1)
}

/// A day of the month: `8`, `08`, `28th`.
pub(crate) fn day(word: &str) -> Option<i64> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !["", "st", "nd", "rd", "th"].contains(&word[digits.len()..].to_ascii_lowercase().as_str()) {
        return None;
    }
    number(digits).filter(|n| digits.len() <= 2 && (1..=31).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        for form in [
            "2024-10-28",
            "2024-10-28T23:30:00-05:00",
            "2024-10-28 08:00",
            "20241028",
            "20241028T080000Z",
            "2024/10/28",
            "2024.10.28",
            "20241028093000",
            "October 28, 2024",
            "Oct. 28, 2024",
            "28 Oct 2024",
            "28 October 2024 at 10:15 GMT",
            "Mon, 28 Oct 2024 09:00:00 +0000",
            "Monday, October 28th, 2024",
            "28/10/2024",
            "10/28/2024",
            "28.10.2024",
            "1730073600",
            "1730073600000",
            " Mon Oct 28 10:00:00 2024 ",
        ] {
            assert_eq!(parse_date(form), Some(Date::constant(2024, 10, 28)), "{form}");
        }
    }

    #[test]
    fn unclear_dates_are_not_read() {
        for form in [
            "",
            "yesterday",
            "10/11/2024",
            "2024",
            "Oct 2024",
            "2024-13-40",
            "28 Oct",
            "None",
            "0",
            "٢٠٢٤",
            "12345678",
        ] {
            assert_eq!(parse_date(form), None, "{form}");
        }
    }
}
