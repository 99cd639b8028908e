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
    /// The interval it names in a clause in the perfect: *have been shelling the town for two weeks*.
    pub lasting: Option<When>,
    /// What is told in a clause that looks ahead is to be done by then: *must withdraw by Friday*.
    pub deadline: bool,
    /// It dates the clause behind it, not the one it hangs on: *traded fire on Saturday, a day after it freed a pilot*.
    pub of_the_next: bool,
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
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut named: Option<Named> = None;
    for sentence in &doc.sentences {
        let end = sentence.tokens.end as usize;
        let mut i = sentence.tokens.start as usize;
        while i < end {
            let reader =
                Reader { doc, words: &words, start: sentence.tokens.start as usize, end, anchor, named };
            match reader.range(i).or_else(|| reader.expression(i)) {
                Some((length, when, absolute)) if length > 0 => {
                    let when = when.map(|when| reader.since(i, when));
                    let tokens = TokenRange::new(i, i + length);
                    let remote = reader.is_remote(i, length);
                    let ahead = reader.ahead(i, length);
                    let ahead = ahead.map(|when| reader.starting(i, when));
                    let until = reader.deadline(i, ahead.as_ref().or(when.as_ref()));
                    let of_the_next = reader.dates_the_next(i, length);
                    if let Some(when) = when.as_ref().filter(|when| when.precision == TimePrecision::Day) {
                        named = when.from.map(|day| Named { day, sentence: reader.start });
                    }
                    found.push(TimeExpression {
                        tokens,
                        span: doc.span_of(tokens),
                        deadline: until.is_some(),
                        ahead: until.or(ahead),
                        lasting: reader.lasting(i, length),
                        of_the_next,
                        when,
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
    /// The sentence's first word, and one past its last.
    start: usize,
    end: usize,
    anchor: Option<Date>,
    named: Option<Named>,
}

/// The last day that the text has named, from which *two days later* counts.
#[derive(Clone, Copy)]
struct Named {
    day: Date,
    /// First word of its sentence.
    sentence: usize,
}

type Found = (usize, Option<When>, bool);

impl Reader<'_> {
    fn word(&self, i: usize) -> &str {
        if i < self.end { self.words[i].as_str() } else { "" }
    }

    fn expression(&self, i: usize) -> Option<Found> {
        self.iso(i)
            .or_else(|| self.holiday(i))
            .or_else(|| self.week_of_month(i))
            .or_else(|| self.day_of_week(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.after_named(i))
            .or_else(|| self.within(i))
            .or_else(|| self.duration(i))
            .or_else(|| self.end_of(i))
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
            return self.neighbours(i);
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

    /// Days one after the other: *on Monday and Tuesday*, *Jan. 8-10*, *the night of November 19-20*.
    fn neighbours(&self, i: usize) -> Option<Found> {
        let (length, first, absolute) = self.single(i)?;
        let first = first.filter(|when| when.precision == TimePrecision::Day)?;
        let from = first.from?;
        let together = |to: Date| {
            let days = from.until(to).ok()?.get_days();
            let when = When { from: Some(from), to: Some(to), precision: TimePrecision::Period };
            (days > 0).then_some((days, when))
        };
        let at = i + length;
        if self.word(at) == "and"
            && let Some((more, Some(last), _)) = self.single(at + 1)
            && last.precision == TimePrecision::Day
            && let Some((days, when)) = together(last.to?)
        {
            // Days further apart are two days, not what lies between them.
            return (days <= 2).then_some((length + 1 + more, Some(when), absolute));
        }
        // The second number, as a word of its own or joined to the first one.
        let joined = matches!(self.word(at), "-" | "–").then(|| day_number(self.word(at + 1))).flatten();
        let number = joined?;
        let last = from.with().day(number).build().ok()?;
        let (_, when) = together(last)?;
        Some((length + 2, Some(when), absolute))
    }

    /// One day by its name or number.
    fn single(&self, i: usize) -> Option<Found> {
        self.iso(i)
            .or_else(|| self.month_day(i))
            .or_else(|| self.day_month(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.day_word(i))
    }

    /// *Christmas Day*, *New Year's Eve*: holidays with a day of their own in the year.
    fn holiday(&self, i: usize) -> Option<Found> {
        const DAYS: &[(&[&str], i8, i8)] = &[
            (&["christmas", "day"], 12, 25),
            (&["christmas", "eve"], 12, 24),
            (&["boxing", "day"], 12, 26),
            (&["new", "year", "'s", "eve"], 12, 31),
            (&["new", "year", "'s", "day"], 1, 1),
            (&["new", "year", "’s", "eve"], 12, 31),
            (&["new", "year", "’s", "day"], 1, 1),
            (&["may", "day"], 5, 1),
        ];
        let (words, month, number) = DAYS
            .iter()
            .find(|(words, ..)| words.iter().enumerate().all(|(at, word)| self.word(i + at) == *word))?;
        let year = year_number(self.word(i + words.len()));
        let date = self.date_in(i, year, *month, *number);
        Some((words.len() + usize::from(year.is_some()), date.map(day), year.is_some()))
    }

    /// *the first week of May*, *last week of June 2024*, *the week of August 13*.
    fn week_of_month(&self, i: usize) -> Option<Found> {
        let (skip, which) = match (self.word(i), self.word(i + 1)) {
            ("first", "week") => (2, Some(0)),
            ("second", "week") => (2, Some(1)),
            ("third", "week") => (2, Some(2)),
            ("last" | "final", "week") => (2, Some(-1)),
            ("week", _) => (1, None),
            _ => return None,
        };
        if self.word(i + skip) != "of" {
            return None;
        }
        let at = i + skip + 1;
        let Some(which) = which else {
            let (length, when, absolute) = self.month_day(at).or_else(|| self.day_month(at))?;
            let week = |from: Date| When {
                from: Some(from),
                to: Some(shifted(from, 6.days())),
                precision: TimePrecision::Week,
            };
            return Some((skip + 1 + length, when.and_then(|when| when.from).map(week), absolute));
        };
        let (length, when, absolute) = self.month(at)?;
        let week = when.and_then(|month| {
            let first = match which {
                -1 => shifted(month.to?, (-6).days()),
                weeks => shifted(month.from?, (7 * weeks).days()),
            };
            Some(When {
                from: Some(first),
                to: Some(shifted(first, 6.days())),
                precision: TimePrecision::Week,
            })
        });
        Some((skip + 1 + length, week, absolute))
    }

    /// *Monday last week*, *Thursday of next week*.
    fn day_of_week(&self, i: usize) -> Option<Found> {
        let index = WEEKDAYS.iter().position(|word| *word == self.word(i))? as i64;
        let of = usize::from(self.word(i + 1) == "of");
        let weeks = match self.word(i + 1 + of) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        if self.word(i + 2 + of) != "week" {
            return None;
        }
        let when = self.anchor.map(|anchor| {
            let today = i64::from(anchor.weekday().to_monday_zero_offset());
            day(shifted(anchor, (index - today + 7 * weeks).days()))
        });
        Some((3 + of, when, false))
    }

    /// The number of units that begins at `i`: words used, count, unit (*two days*, *a week*, *24 hours*).
    fn count(&self, i: usize) -> Option<(usize, i64, Unit)> {
        let count = number_word(self.word(i)).or_else(|| matches!(self.word(i), "a" | "an").then_some(1))?;
        Some((2, count, Unit::parse(self.word(i + 1))?))
    }

    /// *two days earlier*, *a week later*: from the day named last. *two days after a June 9 warning*: from the day that follows.
    fn counted(&self, i: usize) -> Option<Found> {
        let (used, count, unit) = self.count(i)?;
        let closes = |word: &str| word.is_empty() || !word.chars().any(char::is_alphanumeric);
        let closed = closes(self.word(i + used + 1));
        let (direction, open) = match self.word(i + used) {
            "earlier" | "previously" => (-1, false),
            "later" | "afterwards" | "afterward" => (1, false),
            "before" => (-1, !closed),
            "after" => (1, !closed),
            _ => return None,
        };
        let from = if open { self.day_behind(i + used + 1) } else { self.named.map(|named| named.day) };
        let when = match (from, open, self.named) {
            (Some(from), ..) => unit.exactly(from, direction * count),
            // *on Saturday, a day after it freed a pilot*: the other way round, for the clause behind.
            (None, true, Some(named)) if named.sentence == self.start => {
                unit.exactly(named.day, -direction * count)
            }
            _ => None,
        };
        Some((used + 1, when, false))
    }

    /// The first day named from `at` to the end of the clause.
    fn day_behind(&self, at: usize) -> Option<Date> {
        const FAR: usize = 12;
        for i in at..self.end.min(at + FAR) {
            if matches!(self.word(i), "," | ";" | "." | ":" | "said") {
                return None;
            }
            if let Some((_, when, _)) = self.single(i) {
                return when?.from;
            }
        }
        None
    }

    /// Whether the expression counts back from a day of its own clause to date the clause behind it.
    fn dates_the_next(&self, i: usize, length: usize) -> bool {
        let counted = self.count(i).is_some_and(|(used, ..)| length == used + 1)
            || matches!(self.word(i), "the") && self.word(i + 1) == "day" && length == 3;
        let link = matches!(self.word(i + length - 1), "after" | "before");
        let open = self.word(i + length).chars().any(char::is_alphanumeric);
        counted
            && link
            && open
            && self.day_behind(i + length).is_none()
            && self.named.is_some_and(|named| named.sentence == self.start)
    }

    /// *the next day*, *the following week*, *the previous month*, *the day before*: from the day named last.
    fn after_named(&self, i: usize) -> Option<Found> {
        if !matches!(self.word(i), "the" | "that" | "a") {
            return None;
        }
        let named = self.named.map(|named| named.day);
        let closes = |word: &str| word.is_empty() || !word.chars().any(char::is_alphanumeric);
        if self.word(i) == "that" && matches!(self.word(i + 1), "day" | "morning" | "evening" | "night") {
            return Some((2, named.map(day), false));
        }
        if self.word(i + 1) == "same" && self.word(i + 2) == "day" {
            return Some((3, named.map(day), false));
        }
        if self.word(i) == "the" && self.word(i + 1) == "day" {
            let direction = match self.word(i + 2) {
                "before" => -1,
                "after" => 1,
                _ => return None,
            };
            if self.word(i + 3) == "yesterday" {
                return Some((4, self.anchor.map(|anchor| day(shifted(anchor, (-2).days()))), false));
            }
            if self.word(i + 3) == "tomorrow" {
                return Some((4, self.anchor.map(|anchor| day(shifted(anchor, 2.days()))), false));
            }
            let open = !closes(self.word(i + 3));
            let behind = if open { self.day_behind(i + 3) } else { None };
            let here = self.named.filter(|named| !open || named.sentence == self.start);
            let when = match (behind, here) {
                (Some(behind), _) => Some(day(shifted(behind, direction.days()))),
                (None, Some(named)) => {
                    let direction = if open { -direction } else { direction };
                    Some(day(shifted(named.day, direction.days())))
                }
                _ => None,
            };
            return Some((3, when, false));
        }
        let direction = match self.word(i + 1) {
            "next" | "following" => 1,
            "previous" | "preceding" => -1,
            _ => return None,
        };
        let unit = match self.word(i + 2) {
            "day" | "morning" | "night" | "evening" | "afternoon" => Unit::Day,
            word => Unit::parse(word).filter(|unit| !matches!(unit, Unit::Hour))?,
        };
        // *the next week* may be the one to come; a day that the text has named is nearer.
        let when = named.and_then(|named| unit.around(shifted(named, unit.times(direction))));
        Some((3, when, false))
    }

    /// *in two days*, *within 48 hours*: only what is to come is dated by it.
    fn within(&self, i: usize) -> Option<Found> {
        if !matches!(self.word(i), "in" | "within") {
            return None;
        }
        let (used, ..) = self.count(i + 1)?;
        (self.word(i + 1 + used) != "of").then_some((1 + used, None, false))
    }

    /// *for two weeks*, *for the past month*: only what goes on is dated by it.
    fn duration(&self, i: usize) -> Option<Found> {
        if self.word(i) != "for" {
            return None;
        }
        let skip = self.past_units(i + 1);
        let (used, ..) = self.count(i + 1 + skip)?;
        Some((1 + skip + used, None, false))
    }

    /// Words of *the past*, *the last*, *more than*, *at least* before a count.
    fn past_units(&self, i: usize) -> usize {
        match (self.word(i), self.word(i + 1)) {
            ("the", "past" | "last") | ("more", "than") | ("at", "least") => 2,
            ("nearly" | "almost" | "about" | "over", _) => 1,
            _ => 0,
        }
    }

    /// What *for two weeks* spans up to the article's day.
    fn lasting(&self, i: usize, length: usize) -> Option<When> {
        let anchor = self.anchor.filter(|_| self.word(i) == "for")?;
        let (_, count, unit) = self.count(i + length - 2)?;
        let from = shifted(anchor, unit.times(-count));
        Some(When { from: Some(from), to: Some(anchor), precision: TimePrecision::Period })
    }

    /// *the end of the month*, *the end of this week*: what is left of it.
    fn end_of(&self, i: usize) -> Option<Found> {
        if self.word(i) != "end" || self.word(i + 1) != "of" {
            return None;
        }
        if matches!(self.word(i + 2), "the" | "this") {
            let unit =
                Unit::parse(self.word(i + 3)).filter(|unit| !matches!(unit, Unit::Hour | Unit::Day))?;
            let left = self.anchor.and_then(|anchor| {
                let whole = unit.around(anchor)?;
                Some(When { from: Some(anchor), ..whole })
            });
            return Some((4, left, false));
        }
        None
    }

    /// *must withdraw by Friday*: from the article's day to the day named.
    fn deadline(&self, i: usize, when: Option<&When>) -> Option<When> {
        let anchor = self.anchor?;
        let before = |at: usize| i.checked_sub(at).map_or("", |at| self.words[at].as_str());
        let by = matches!(before(1), "by" | "until" | "till")
            || before(1) == "the" && matches!(before(2), "by" | "until" | "till");
        let to = when.filter(|_| by)?.to.filter(|to| *to >= anchor)?;
        Some(When { from: Some(anchor), to: Some(to), precision: TimePrecision::Period })
    }

    /// *a five-day visit beginning on Monday*: as many days from there.
    fn starting(&self, i: usize, when: When) -> When {
        let before = |at: usize| i.checked_sub(at).map_or("", |at| self.words[at].as_str());
        let starts = |word: &str| matches!(word, "beginning" | "starting" | "from");
        if !(starts(before(1)) || before(1) == "on" && starts(before(2))) {
            return when;
        }
        let counted = (self.start..i).rev().find_map(|at| {
            let (count, unit) = match self.word(at).split_once('-') {
                Some((count, unit)) => (number_word(count), unit),
                None if self.word(at + 1) == "-" => (number_word(self.word(at)), self.word(at + 2)),
                None => return None,
            };
            let days = match unit {
                "day" => 1,
                "week" => 7,
                _ => return None,
            };
            Some(count? * days)
        });
        let (Some(days), Some(from)) = (counted.filter(|days| *days > 1), when.from) else { return when };
        When { to: Some(shifted(from, (days - 1).days())), precision: TimePrecision::Period, ..when }
    }

    /// A weekday or month by its bare name, as the next one.
    fn ahead(&self, i: usize, length: usize) -> Option<When> {
        let anchor = self.anchor?;
        if matches!(self.word(i), "in" | "within") {
            let (_, count, unit) = self.count(i + 1)?;
            let last = shifted(anchor, unit.times(count));
            let from = if self.word(i) == "in" { last } else { anchor };
            let precision = if from == last { TimePrecision::Day } else { TimePrecision::Period };
            return Some(When { from: Some(from), to: Some(last), precision });
        }
        if length > 2 && i > 0 && matches!(self.words[i - 1].as_str(), "from" | "between") {
            // *from March to May*: both of them ahead.
            let link =
                (i..i + length).find(|at| matches!(self.word(*at), "to" | "and" | "until" | "through"))?;
            let first = self.ahead(i, link - i)?;
            let last = self.ahead(link + 1, i + length - link - 1)?;
            let (from, mut to) = (first.from?, last.to?);
            if to < from {
                to = shifted(to, if last.precision == TimePrecision::Day { 7.days() } else { 1.years() });
            }
            return Some(When { from: Some(from), to: Some(to), precision: TimePrecision::Period });
        }
        if matches!(self.word(i), "this" | "current") && length == 2 {
            let unit = Unit::parse(self.word(i + 1))
                .filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year))?;
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
        let when = if direction == 0 && matches!(unit, Unit::Week | Unit::Month | Unit::Year) {
            when.map(so_far)
        } else {
            when
        };
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
            "this" if matches!(self.word(i + 1), "morning" | "afternoon" | "evening") => {
                return Some((2, self.anchor.map(day), false));
            }
            "last" if self.word(i + 1) == "night" => {
                return Some((2, self.anchor.map(|anchor| day(shifted(anchor, (-1).days()))), false));
            }
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
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
}

impl Unit {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "hour" | "hours" => Self::Hour,
            "fortnight" | "fortnights" => Self::Fortnight,
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
            // Days begun: 24 hours back is yesterday, 36 the day before.
            Self::Hour => (count.signum() * (count.abs() + 23).div_euclid(24)).days(),
            Self::Day => count.days(),
            Self::Fortnight => (count * 2).weeks(),
            Self::Week => count.weeks(),
            Self::Month => count.months(),
            Self::Year => count.years(),
            Self::Decade => (count * 10).years(),
        }
    }

    /// The unit that lies `count` units back from `anchor`.
    fn back(self, anchor: Date, count: i64) -> Option<When> {
        self.exactly(anchor, -count)
    }

    /// What lies `count` units from a day: a day for days and weeks (*three weeks ago*), else the whole unit.
    fn exactly(self, from: Date, count: i64) -> Option<When> {
        let date = shifted(from, self.times(count));
        match self {
            Self::Hour | Self::Day | Self::Week | Self::Fortnight => Some(day(date)),
            unit => unit.around(date),
        }
    }

    /// The unit that holds `date`.
    fn around(self, date: Date) -> Option<When> {
        Some(match self {
            Self::Hour | Self::Day => day(date),
            Self::Week | Self::Fortnight => {
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
