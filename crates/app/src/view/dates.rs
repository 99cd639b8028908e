//! Days and periods in words, as exact as they are known and no more.

use jiff::civil::Date;
use record::reading::{TimePrecision, When};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(date: Date) -> &'static str {
    usize::try_from(date.month())
        .ok()
        .and_then(|month| MONTHS.get(month.checked_sub(1)?))
        .copied()
        .unwrap_or("")
}

/// `28 October 2024`.
pub fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `28 October 2024`, `October 2024`, `since 3 May 2023`; `None` where the words give no day.
pub fn when(when: &When) -> Option<String> {
    Some(match (when.from, when.to, when.precision) {
        (None, None, _) => return None,
        (Some(from), None, _) => format!("since {}", day(from)),
        (None, Some(to), _) => format!("until {}", day(to)),
        (Some(from), Some(to), _) if from == to => day(from),
        (Some(from), Some(_), TimePrecision::Month) => format!("{} {}", month(from), from.year()),
        (Some(from), Some(to), TimePrecision::Year) if from.year() == to.year() => from.year().to_string(),
        (Some(from), Some(_), TimePrecision::Week) => format!("week of {}", day(from)),
        (Some(from), Some(to), _) if (from.year(), from.month()) == (to.year(), to.month()) => {
            format!("{}–{} {} {}", from.day(), to.day(), month(to), to.year())
        }
        (Some(from), Some(to), _) => format!("{} – {}", day(from), day(to)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_are_as_exact_as_known() {
        let shown = |from, to, precision| when(&When { from, to, precision });
        let (a, b) = (date(2024, 10, 1), date(2024, 10, 31));
        assert_eq!(shown(Some(a), Some(a), TimePrecision::Day).as_deref(), Some("1 October 2024"));
        assert_eq!(shown(Some(a), Some(b), TimePrecision::Month).as_deref(), Some("October 2024"));
        assert_eq!(shown(Some(a), Some(b), TimePrecision::Period).as_deref(), Some("1–31 October 2024"));
        assert_eq!(shown(Some(a), None, TimePrecision::Period).as_deref(), Some("since 1 October 2024"));
        assert_eq!(shown(None, None, TimePrecision::Period), None);
    }
}
