//! Time expressions to intervals of days: *Monday*, *Oct. 18*, *last week*, *in 1950*, *two days ago*, *since March*.
//!
//! Relative expressions are resolved against the article's dateline or day of publication. Without one they stay words:
//! no date is made up. Intervals follow ISO 8601 with both ends included; the typology is that of TIMEX3 DATE values.

use jiff::{Span as Period, ToSpan, civil::Date};
use record::{
    Doc, Span, TokenRange, Upos,
    reading::{TimePrecision, When},
};

/// A time expression.
#[derive(Clone, Debug)]
pub struct TimeExpression {
    /// Its words.
    pub tokens: TokenRange,
    /// Its characters.
    pub span: Span,
    /// The interval, where the words and the article's date give one.
    pub when: Option<When>,
    /// The interval it names in a clause that looks ahead, where that is another: *will meet on Friday*.
    pub ahead: Option<When>,
    /// A year was named, so that the expression stands without the article's date.
    pub absolute: bool,
    /// It lies two years or more back, whenever the article was written (*four decades ago*).
    pub remote: bool,
}

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
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMBERS: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

/// All time expressions of a document, in order, without overlap.
pub fn find(doc: &Doc, anchor: Option<Date>) -> Vec<TimeExpression> {
    let words: Vec<String> = doc.tokens.iter().map(|t| t.form.to_lowercase()).collect();
    let mut found = Vec::new();
    for sentence in &doc.sentences {
        let end = sentence.tokens.end as usize;
        let mut i = sentence.tokens.start as usize;
        while i < end {
            let reader = Reader { doc, words: &words, end, anchor };
            match reader.range(i).or_else(|| reader.expression(i)) {
                Some((length, when, absolute)) if length > 0 => {
                    let when = when.map(|when| reader.since(i, when));
                    let tokens = TokenRange::new(i, i + length);
                    let remote = reader.is_remote(i, length);
                    let ahead = reader.ahead(i, length);
                    found.push(TimeExpression {
                        tokens,
                        span: doc.span_of(tokens),
                        when,
                        ahead,
                        absolute,
                        remote,
                    });
                    i += length;
                }
                _ => i += 1,
            }
        }
    }
    found
}

struct Reader<'a> {
    doc: &'a Doc,
    words: &'a [String],
    end: usize,
    anchor: Option<Date>,
}

type Found = (usize, Option<When>, bool);

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        if i < self.end { self.words[i].as_str() } else { "" }
    }

    fn expression(&self, i: usize) -> Option<Found> {
        self.iso(i)
            .or_else(|| self.third(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.weekend(i))
            .or_else(|| self.part_of(i))
            .or_else(|| self.month_day(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.month(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.relative_unit(i))
            .or_else(|| self.ago(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.day_word(i))
            .or_else(|| self.year(i))
    }

    /// `2024-10-18`, as one token or split at its hyphens.
    fn iso(&self, i: usize) -> Option<Found> {
        if let Ok(date) = self.word(i).parse::<Date>() {
            return Some((1, Some(day(date)), true));
        }
        if self.word(i + 1) == "-" && self.word(i + 3) == "-" {
            let joined = format!("{}-{}-{}", self.word(i), self.word(i + 2), self.word(i + 4));
            if let Ok(date) = joined.parse::<Date>() {
                return Some((5, Some(day(date)), true));
            }
        }
        None
    }

    /// *from Monday to Wednesday*, *between May 10 and 14*, *from 3 to 7 November*: from the first day of the one to the last of the other.
    fn range(&self, i: usize) -> Option<Found> {
        let opens = i > 0 && matches!(self.words[i - 1].as_str(), "from" | "between");
        let joins = |at: usize| matches!(self.word(at), "to" | "and" | "until" | "till" | "through");
        if !opens {
            return None;
        }
        let both = |first: When, last: When| {
            let (from, to) = (first.from?, last.to?);
            (from <= to).then_some(When { from: Some(from), to: Some(to), precision: TimePrecision::Period })
        };
        if let Some(number) = day_number(self.word(i)).filter(|_| joins(i + 1)) {
            let (length, last, absolute) = self.day_month(i + 2)?;
            let first = last.as_ref()?.to?.with().day(number).build().ok()?;
            return Some((2 + length, both(day(first), last?), absolute));
        }
        let (length, first, absolute) = self.expression(i)?;
        let next = i + length + 1;
        if !joins(next - 1) {
            return None;
        }
        if let Some((more, last, known)) = self.expression(next) {
            return Some((length + 1 + more, both(first?, last?), absolute || known));
        }
        let first = first.filter(|first| first.precision == TimePrecision::Day)?;
        let last = first.from?.with().day(day_number(self.word(next))?).build().ok()?;
        Some((length + 2, both(first, day(last)), absolute))
    }

    /// A weekday or month by its bare name, as the next one.
    fn ahead(&self, i: usize, length: usize) -> Option<When> {
        let anchor = self.anchor?;
        if matches!(self.word(i), "this" | "current") && length == 2 {
            let unit =
                Unit::parse(self.word(i + 1)).filter(|unit| matches!(unit, Unit::Month | Unit::Year))?;
            let whole = unit.around(anchor)?;
            return Some(When { from: Some(anchor), ..whole });
        }
        if length != 1 {
            return None;
        }
        if let Some(index) = WEEKDAYS.iter().position(|word| *word == self.word(i)) {
            let today = i64::from(anchor.weekday().to_monday_zero_offset());
            return Some(day(shifted(anchor, (index as i64 - today).rem_euclid(7).days())));
        }
        let month = month_number(self.word(i))?;
        month_of(anchor.year() + i16::from(month < anchor.month()), month)
    }

    /// *since Monday*, *since 2014*: up to the article's day.
    fn since(&self, i: usize, when: When) -> When {
        let since =
            i > 0 && self.words[i - 1] == "since" || i > 1 && self.words[i - 2..i] == ["since", "the"];
        match self.anchor.filter(|anchor| since && when.from.is_some_and(|from| from < *anchor)) {
            Some(anchor) => When { to: Some(anchor), precision: TimePrecision::Period, ..when },
            None => when,
        }
    }

    /// *early October*, *mid-October*, *late October*: the first ten days of a month, the ten after them, the rest.
    fn third(&self, i: usize) -> Option<Found> {
        let apart = usize::from(self.word(i + 1) == "-");
        let (which, skip) = match self.word(i) {
            "early" => (0, 1 + apart),
            "mid" => (1, 1 + apart),
            "late" => (2, 1 + apart),
            word => {
                // One word: *mid-October*.
                let month = month_number(word.strip_prefix("mid-")?)?;
                let year = year_number(self.word(i + 1));
                let date = self.date_in(i, year, month, 11);
                return Some((
                    1 + usize::from(year.is_some()),
                    date.map(|date| tenth(date, 1)),
                    year.is_some(),
                ));
            }
        };
        let (length, when, absolute) = self.month(i + skip)?;
        Some((skip + length, when.and_then(|when| when.from).map(|from| tenth(from, which)), absolute))
    }

    /// *the first quarter of 2011*, *the second half of 2024*, *Q3 2020*.
    fn quarter(&self, i: usize) -> Option<Found> {
        let (which, parts, at) = match self.word(i) {
            word @ ("q1" | "q2" | "q3" | "q4") => (word[1..].parse::<i8>().ok()?, 4, i + 1),
            word => {
                let which = ["first", "second", "third", "fourth"].iter().position(|w| *w == word)? + 1;
                let parts = match self.word(i + 1) {
                    "quarter" => 4,
                    "half" if which <= 2 => 2,
                    _ => return None,
                };
                (which as i8, parts, i + 2)
            }
        };
        let of = usize::from(matches!(self.word(at), "of" | ","));
        let year = year_number(self.word(at + of))?;
        let months = 12 / parts;
        let (from, to) = (month_of(year, months * (which - 1) + 1)?, month_of(year, months * which)?);
        let when = When { from: from.from, to: to.to, precision: TimePrecision::Season };
        Some((at + of + 1 - i, Some(when), true))
    }

    /// *this weekend*, *last weekend*, *over the weekend*: Saturday and Sunday; the last one that has begun, unless it is to come.
    fn weekend(&self, i: usize) -> Option<Found> {
        if self.word(i + 1) != "weekend" {
            return None;
        }
        let coming = match self.word(i) {
            "the" | "last" | "past" => false,
            "this" | "next" | "coming" => true,
            _ => return None,
        };
        let when = self.anchor.map(|anchor| {
            let today = i64::from(anchor.weekday().to_monday_zero_offset());
            let saturday = if coming || today >= 5 { 5 - today } else { -2 - today };
            let from = shifted(anchor, saturday.days());
            When { from: Some(from), to: Some(shifted(from, 1.days())), precision: TimePrecision::Period }
        });
        Some((2, when, false))
    }

    /// *the end of May*, *mid-2024*: the whole period, said less exactly.
    fn part_of(&self, i: usize) -> Option<Found> {
        let skip = match self.word(i) {
            "early" | "late" | "mid" => 1 + usize::from(self.word(i + 1) == "-"),
            "earlier" | "later" if matches!(self.word(i + 1), "this" | "in") => 1,
            _ => return None,
        };
        let (length, when, absolute) = self
            .month(i + skip)
            .or_else(|| self.relative_unit(i + skip))
            .or_else(|| self.year(i + skip))
            .or_else(|| self.decade(i + skip))?;
        Some((length + skip, when, absolute))
    }

    /// `October 18, 2024`, `Oct. 18`, `October 18th`.
    fn month_day(&self, i: usize) -> Option<Found> {
        let month = month_number(self.word(i))?;
        let stop = usize::from(self.word(i + 1) == ".");
        let at = i + 1 + stop;
        let number = day_number(self.word(at))?;
        let (extra, year) = match self.word(at + 1) {
            "," => match year_number(self.word(at + 2)) {
                Some(year) => (2, Some(year)),
                None => (0, None),
            },
            word => year_number(word).map_or((0, None), |year| (1, Some(year))),
        };
        Some((2 + stop + extra, self.date_in(i, year, month, number).map(day), year.is_some()))
    }

    /// `18 October 2024`, `18th of October`.
    fn day_month(&self, i: usize) -> Option<Found> {
        let number = day_number(self.word(i))?;
        let of = usize::from(self.word(i + 1) == "of");
        let month = month_number(self.word(i + 1 + of))?;
        if self.doc.tokens[i + 1 + of].upos == Upos::Aux {
            return None;
        }
        let year = year_number(self.word(i + 2 + of));
        Some((
            2 + of + usize::from(year.is_some()),
            self.date_in(i, year, month, number).map(day),
            year.is_some(),
        ))
    }

    /// `October 2024`, `in October`, `last October`.
    fn month(&self, i: usize) -> Option<Found> {
        let (skip, direction) = match self.word(i) {
            "last" => (1, -1),
            "next" => (1, 1),
            "this" => (1, 0),
            _ => (0, -1),
        };
        let at = i + skip;
        let month = month_number(self.word(at))?;
        // *may* and *march* are months only where they are names, or after a word that needs one.
        let named = at < self.end && self.doc.tokens[at].upos == Upos::Propn;
        if !named || self.doc.tokens[at].form.chars().next().is_some_and(char::is_lowercase) {
            return None;
        }
        let stop = usize::from(self.word(at + 1) == ".");
        let of = usize::from(matches!(self.word(at + 1 + stop), "of" | ","));
        if let Some(year) = year_number(self.word(at + 1 + stop + of)) {
            return Some((2 + skip + stop + of, month_of(year, month), true));
        }
        let when = self.anchor.and_then(|anchor| {
            let year = match direction {
                -1 if month > anchor.month() || (skip == 1 && month == anchor.month()) => anchor.year() - 1,
                1 if month <= anchor.month() => anchor.year() + 1,
                _ => anchor.year(),
            };
            month_of(year, month)
        });
        Some((1 + skip, when, false))
    }

    /// `Monday`, `last Monday`, `next Monday`: without a word before it, the last such day up to the article's.
    fn weekday(&self, i: usize) -> Option<Found> {
        let last = matches!(self.word(i), "last" | "past");
        let (skip, next) = match self.word(i) {
            "last" | "this" | "past" => (1, false),
            "next" | "coming" => (1, true),
            _ => (0, false),
        };
        let index = WEEKDAYS.iter().position(|w| *w == self.word(i + skip))? as i64;
        let when = self.anchor.map(|anchor| {
            let today = i64::from(anchor.weekday().to_monday_zero_offset());
            let back = (today - index).rem_euclid(7);
            // *last Tuesday*, on a Tuesday, is that of the week before.
            let back = if last && back == 0 { 7 } else { back };
            let shift = if next { 7 - back } else { -back };
            day(shifted(anchor, shift.days()))
        });
        Some((1 + skip, when, false))
    }

    /// `last week`, `this month`, `next year`, `the past two years`.
    fn relative_unit(&self, i: usize) -> Option<Found> {
        let direction = match self.word(i) {
            "last" | "past" | "previous" => -1,
            "this" | "current" => 0,
            "next" | "coming" => 1,
            _ => return None,
        };
        let (count, skip) = match number_word(self.word(i + 1)) {
            Some(count) => (count, 2),
            None => (1, 1),
        };
        let unit = Unit::parse(self.word(i + skip))?;
        let when = self.anchor.and_then(|anchor| unit.relative(anchor, direction, count, skip == 2));
        // *this year*: what is told of it lies before the article's day, unless it is to come.
        let so_far = |when: When| When { to: when.to.min(self.anchor), ..when };
        let when =
            if direction == 0 && matches!(unit, Unit::Month | Unit::Year) { when.map(so_far) } else { when };
        Some((skip + 1, when, false))
    }

    /// `two days ago`, `three years earlier`.
    fn ago(&self, i: usize) -> Option<Found> {
        if self.word(i + 1) == "ago"
            && matches!(self.word(i), "decades" | "centuries" | "generations" | "years")
        {
            return Some((2, None, false));
        }
        let count =
            number_word(self.word(i)).or_else(|| matches!(self.word(i), "a" | "an" | "half").then_some(1))?;
        if self.word(i) == "half" && matches!(self.word(i + 1), "a") && self.word(i + 3) == "ago" {
            let when = self.anchor.and_then(|anchor| {
                Unit::Year.back(anchor, if self.word(i + 2) == "century" { 50 } else { 5 })
            });
            return matches!(self.word(i + 2), "century" | "decade").then_some((4, when, false));
        }
        if matches!(self.word(i + 1), "century" | "centuries" | "generation" | "generations")
            && self.word(i + 2) == "ago"
        {
            return Some((3, None, false));
        }
        let unit = Unit::parse(self.word(i + 1))?;
        // Counted from a day the article may not give: a time, but no interval. *before* counts so only where nothing follows.
        let closes = |word: &str| word.is_empty() || !word.chars().any(char::is_alphanumeric);
        let before = self.word(i + 2) == "before" && closes(self.word(i + 3));
        if self.word(i + 2) == "earlier" || before {
            return Some((3, None, false));
        }
        if self.word(i + 2) != "ago" {
            return None;
        }
        let when = self.anchor.and_then(|anchor| unit.back(anchor, count));
        Some((3, when, false))
    }

    /// Whether the words themselves put it years back.
    fn is_remote(&self, i: usize, length: usize) -> bool {
        let back = matches!(self.word(i + length - 1), "ago" | "earlier" | "before");
        let unit = self.word(i + length.saturating_sub(2));
        let many = !matches!(self.word(i), "a" | "an" | "one");
        back && (matches!(
            unit,
            "decade" | "decades" | "century" | "centuries" | "generation" | "generations"
        ) || (unit == "years" && many))
    }

    /// `yesterday`, `today`, `tomorrow`, `overnight`.
    fn day_word(&self, i: usize) -> Option<Found> {
        let shift = match self.word(i) {
            "yesterday" => -1,
            "today" | "tonight" => 0,
            "tomorrow" => 1,
            // From one day into the next.
            "overnight" => {
                let night = |anchor: Date| When {
                    from: Some(shifted(anchor, (-1).days())),
                    to: Some(anchor),
                    precision: TimePrecision::Period,
                };
                return Some((1, self.anchor.map(night), false));
            }
            _ => return None,
        };
        Some((1, self.anchor.map(|anchor| day(shifted(anchor, shift.days()))), false))
    }

    /// `the 1990s`.
    fn decade(&self, i: usize) -> Option<Found> {
        let digits = self.word(i).strip_suffix('s')?.trim_end_matches(['\'', '’']);
        let year = year_number(digits).filter(|year| year % 10 == 0)?;
        let from = Date::new(year, 1, 1).ok()?;
        let to = Date::new(year + 9, 12, 31).ok()?;
        Some((1, Some(When { from: Some(from), to: Some(to), precision: TimePrecision::Period }), true))
    }

    /// A bare year, only after a word that makes it one: *in 1950*, *since 2014*, *the 2015 agreement*.
    fn year(&self, i: usize) -> Option<Found> {
        let year = year_number(self.word(i))?;
        let before = if i > 0 { self.words[i - 1].as_str() } else { "" };
        let temporal = matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "before"
                | "after"
                | "during"
                | "from"
                | "of"
                | "the"
                | "to"
                | "between"
                | "and"
                | "its"
                | "their"
                | "early"
                | "late"
                | "mid"
                | "-"
                | "–"
                | "around"
                | "about"
                | "("
                | "back"
        );
        // A number with a counted noun right behind it is a count, unless the noun is not a plural.
        let counted =
            self.doc.tokens.get(i + 1).is_some_and(|t| t.feats.has("Number", "Plur") && t.upos == Upos::Noun)
                && i + 1 < self.end;
        if !temporal || (counted && !matches!(before, "in" | "since" | "the")) {
            return None;
        }
        let from = Date::new(year, 1, 1).ok()?;
        let to = Date::new(year, 12, 31).ok()?;
        Some((1, Some(When { from: Some(from), to: Some(to), precision: TimePrecision::Year }), true))
    }

    /// A day whose year may have to be taken from the article: the nearest one that is not after it by more than a month.
    fn date_in(&self, at: usize, year: Option<i16>, month: i8, number: i8) -> Option<Date> {
        if let Some(year) = year {
            return Date::new(year, month, number).ok();
        }
        let anchor = self.anchor?;
        let same = Date::new(anchor.year(), month, number).ok()?;
        let ahead = at > 0 && matches!(self.words[at - 1].as_str(), "until" | "till" | "by" | "before");
        if ahead {
            // *until Dec. 31*: the next one.
            let next = || Date::new(anchor.year() + 1, month, number).ok();
            return if same < anchor { next() } else { Some(same) };
        }
        let limit = shifted(anchor, 60.days());
        if same > limit { Date::new(anchor.year() - 1, month, number).ok() } else { Some(same) }
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

impl Unit {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" => Self::Day,
            "week" | "weeks" => Self::Week,
            "month" | "months" => Self::Month,
            "year" | "years" => Self::Year,
            "decade" | "decades" => Self::Decade,
            _ => return None,
        })
    }

    fn times(self, count: i64) -> Period {
        match self {
            Self::Day => count.days(),
            Self::Week => count.weeks(),
            Self::Month => count.months(),
            Self::Year => count.years(),
            Self::Decade => (count * 10).years(),
        }
    }

    /// The unit that lies `count` units back from `anchor`.
    fn back(self, anchor: Date, count: i64) -> Option<When> {
        self.around(shifted(anchor, self.times(-count)))
    }

    /// The unit that holds `date`.
    fn around(self, date: Date) -> Option<When> {
        Some(match self {
            Self::Day => day(date),
            Self::Week => {
                let monday = shifted(date, (-i64::from(date.weekday().to_monday_zero_offset())).days());
                When {
                    from: Some(monday),
                    to: Some(shifted(monday, 6.days())),
                    precision: TimePrecision::Week,
                }
            }
            Self::Month => month_of(date.year(), date.month())?,
            Self::Year => When {
                from: Date::new(date.year(), 1, 1).ok(),
                to: Date::new(date.year(), 12, 31).ok(),
                precision: TimePrecision::Year,
            },
            Self::Decade => {
                let first = date.year() - date.year().rem_euclid(10);
                When {
                    from: Date::new(first, 1, 1).ok(),
                    to: Date::new(first + 9, 12, 31).ok(),
                    precision: TimePrecision::Period,
                }
            }
        })
    }

    fn relative(self, anchor: Date, direction: i64, count: i64, counted: bool) -> Option<When> {
        if counted {
            let other = shifted(anchor, self.times(direction * count));
            let (from, to) = if direction < 0 { (other, anchor) } else { (anchor, other) };
            return Some(When { from: Some(from), to: Some(to), precision: TimePrecision::Period });
        }
        self.around(shifted(anchor, self.times(direction)))
    }
}

fn shifted(date: Date, by: Period) -> Date {
    date.saturating_add(by)
}

fn day(date: Date) -> When {
    When { from: Some(date), to: Some(date), precision: TimePrecision::Day }
}

fn month_of(year: i16, month: i8) -> Option<When> {
    let from = Date::new(year, month, 1).ok()?;
    Some(When { from: Some(from), to: Some(from.last_of_month()), precision: TimePrecision::Month })
}

/// The first ten days of a date's month (0), the ten after them (1), or the rest (2).
fn tenth(date: Date, which: i8) -> When {
    let last = if which == 2 { date.days_in_month() } else { 10 * (which + 1) };
    let on = |day: i8| date.with().day(day).build().ok();
    When { from: on(10 * which + 1), to: on(last), precision: TimePrecision::Period }
}

fn month_number(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 {
        return None;
    }
    let full = MONTHS.iter().position(|month| *month == word);
    let short = || {
        MONTHS.iter().position(|month| {
            word.len() <= 4 && (&month[..3] == word || word == "sept" && *month == "september")
        })
    };
    full.or_else(short).map(|index| index as i8 + 1)
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &word[digits.len()..];
    if !matches!(suffix, "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year_number(word: &str) -> Option<i16> {
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok().filter(|year| (1000..=2100).contains(year))
}

fn number_word(word: &str) -> Option<i64> {
    NUMBERS
        .iter()
        .position(|number| *number == word)
        .map(|n| n as i64)
        .or_else(|| word.parse().ok())
        .filter(|n| *n < 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Article, Sentence, Token};

    fn doc(text: &str) -> Doc {
        let mut doc = Doc { article: Article { text: text.into(), ..Article::default() }, ..Doc::default() };
        let mut at = 0;
        for word in text.split(' ') {
            let upos =
                if word.chars().next().is_some_and(char::is_uppercase) { Upos::Propn } else { Upos::X };
            doc.tokens.push(Token {
                span: Span::new(at, at + word.len()),
                form: word.into(),
                lemma: word.into(),
                upos,
                feats: Default::default(),
                head: None,
                deprel: "root".into(),
                multiword: None,
            });
            at += word.len() + 1;
        }
        let tokens = TokenRange::new(0, doc.tokens.len());
        doc.sentences.push(Sentence { span: Span::new(0, text.len()), tokens, opens_paragraph: true });
        doc
    }

    fn read(text: &str) -> Vec<String> {
        let anchor = Date::new(2025, 4, 28).unwrap();
        find(&doc(text), Some(anchor))
            .into_iter()
            .map(|time| match time.when {
                Some(w) => format!("{} = {}..{}", time.span.of(text), w.from.unwrap(), w.to.unwrap()),
                None => format!("{} = ?", time.span.of(text)),
            })
            .collect()
    }

    #[test]
    fn days_are_found_from_the_articles_date() {
        assert_eq!(read("They met on Monday"), ["Monday = 2025-04-28..2025-04-28"]);
        assert_eq!(read("They met on Saturday"), ["Saturday = 2025-04-26..2025-04-26"]);
        assert_eq!(read("They meet next Monday"), ["next Monday = 2025-05-05..2025-05-05"]);
        assert_eq!(
            read("shelled yesterday and two days ago"),
            ["yesterday = 2025-04-27..2025-04-27", "two days ago = 2025-04-26..2025-04-26"]
        );
        assert_eq!(read("on Oct. 18 it confirmed"), ["Oct. 18 = 2024-10-18..2024-10-18"]);
        assert_eq!(read("on 24 October 2023 it denied"), ["24 October 2023 = 2023-10-24..2023-10-24"]);
    }

    #[test]
    fn longer_periods_keep_their_precision() {
        assert_eq!(read("in October 2024"), ["October 2024 = 2024-10-01..2024-10-31"]);
        assert_eq!(read("in December"), ["December = 2024-12-01..2024-12-31"]);
        assert_eq!(read("last week"), ["last week = 2025-04-21..2025-04-27"]);
        assert_eq!(read("war of 1950"), ["1950 = 1950-01-01..1950-12-31"]);
        assert_eq!(read("in the 1990s"), ["1990s = 1990-01-01..1999-12-31"]);
    }

    #[test]
    fn words_that_only_look_like_times_are_left_alone() {
        assert!(read("they may march on 3000 troops").is_empty());
        assert!(read("about 1500 soldiers").iter().all(|t| !t.starts_with("may")));
    }

    #[test]
    fn a_bound_lies_ahead() {
        assert_eq!(read("suspended until December 31"), ["December 31 = 2025-12-31..2025-12-31"]);
        assert_eq!(read("suspended on December 31"), ["December 31 = 2024-12-31..2024-12-31"]);
    }

    #[test]
    fn without_a_date_relative_words_stay_words() {
        let found = find(&doc("They met on Monday"), None);
        assert_eq!(found.len(), 1);
        assert!(found[0].when.is_none());
    }
}
