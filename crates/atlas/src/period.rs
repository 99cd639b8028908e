//! From when to when a fact holds. Dates in the tables may be partial (`2019`, `2019-05`); an empty end is open.

use jiff::civil::Date;

/// An interval of days, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day; open where the beginning is not known or does not matter.
    pub from: Option<Date>,
    /// Last day; open where it has not ended.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the fact holds on `day`.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it holds on `day`; without a day, whether it has not ended.
    pub fn holds(&self, day: Option<Date>) -> bool {
        day.map_or(self.to.is_none(), |day| self.contains(day))
    }

    /// Whether it had ended before `day`; without a day, whether it has ended at all.
    pub fn over(&self, day: Option<Date>) -> bool {
        match (self.to, day) {
            (Some(to), Some(day)) => to < day,
            (to, None) => to.is_some(),
            (None, _) => false,
        }
    }

    /// From two cells of a table. `Err` says which cell is not a date.
    pub fn parse(from: &str, to: &str) -> Result<Self, String> {
        let period = Self { from: day(from, false)?, to: day(to, true)? };
        match (period.from, period.to) {
            (Some(a), Some(b)) if a > b => Err(format!("begins on {a} but ends on {b}")),
            _ => Ok(period),
        }
    }

    /// From a cell such as `2023-04-04..`, `..2020-01-31` or `1973..2020-01-31`.
    pub fn parse_range(cell: &str) -> Result<Self, String> {
        match cell.split_once("..") {
            Some((from, to)) => Self::parse(from, to),
            None => Err(format!("`{cell}` is no range; write `from..to`")),
        }
    }
}

/// A partial date: its first day, or with `last` its last day. Empty is open.
pub fn day(cell: &str, last: bool) -> Result<Option<Date>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let bad = || format!("`{cell}` is no date; write 2019, 2019-05 or 2019-05-31");
    let mut parts = cell.split('-');
    let number = |part: Option<&str>| part.map(|p| p.parse::<i16>().map_err(|_| bad())).transpose();
    let year = number(parts.next())?.ok_or_else(bad)?;
    let month = number(parts.next())?;
    let day = number(parts.next())?;
    if parts.next().is_some() || cell.len() < 4 {
        return Err(bad());
    }
    let as_i8 = |n: i16| i8::try_from(n).map_err(|_| bad());
    let make = |m: i16, d: i16| Date::new(year, as_i8(m)?, as_i8(d)?).map_err(|_| bad());
    let date = match (month, day) {
        (Some(m), Some(d)) => make(m, d)?,
        (Some(m), None) if last => make(m, 1)?.last_of_month(),
        (Some(m), None) => make(m, 1)?,
        (None, _) if last => make(12, 31)?,
        (None, _) => make(1, 1)?,
    };
    Ok(Some(date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn partial_dates_widen() {
        assert_eq!(day("2019", false), Ok(Some(date(2019, 1, 1))));
        assert_eq!(day("2019", true), Ok(Some(date(2019, 12, 31))));
        assert_eq!(day("2020-02", true), Ok(Some(date(2020, 2, 29))));
        assert_eq!(day("2020-02-03", true), Ok(Some(date(2020, 2, 3))));
        assert!(day("2020-13", true).is_err());
        assert!(day("spring", true).is_err());
    }

    #[test]
    fn ends_are_included_and_may_be_open() {
        let period = Period::parse("2012", "").unwrap_or_default();
        assert!(period.contains(date(2012, 1, 1)) && period.contains(date(2026, 1, 1)));
        assert!(!period.contains(date(2011, 12, 31)));
        assert!(Period::parse("2020", "2019").is_err());
        assert!(Period::parse_range("1973..2020-01-31").is_ok_and(|p| !p.contains(date(2020, 2, 1))));
    }
}
