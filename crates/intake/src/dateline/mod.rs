//! Datelines (`SEOUL, Oct. 18 (Yonhap) --`), bylines (`By Jane Doe, Reuters`) and closing credits (`— AFP`).
//!
//! Which agencies exist is the atlas's knowledge; it comes in as a list of names. Out of scope: where the place lies.

mod agency;
mod credit;
mod parse;
mod place;

pub use credit::{CreditLine, credit_lines};

use crate::headline::paragraphs;
use jiff::ToSpan;
use jiff::civil::Date;
use parse::{Day, Strength, parse};
use record::{Article, Dateline, Span};

/// How many paragraphs after the headline may hold the dateline: standfirst, byline and picture credit come first.
const LOOK: usize = 5;

/// Fills `dateline` and `credit` of an article from its first and last lines. `agencies` are the names and short
/// names by which news agencies credit themselves (`Reuters`, `AP`, `Korean Central News Agency`).
///
/// A date without a year gets the year of the latest such day that is not after the day of publication; one day of
/// grace covers time zones. Without a day of publication it stays unknown.
pub fn datelines(article: &mut Article, agencies: &[&str]) {
    article.dateline = dateline(article, agencies);
    let from_dateline = article.dateline.as_ref().and_then(|line| line.agency);
    let credit =
        from_dateline.or_else(|| credit_lines(article, agencies).iter().find_map(|line| line.agency));
    article.credit = credit.map(|span| span.of(&article.text).to_owned());
}

/// Whether a paragraph surely opens with a dateline.
pub(crate) fn opens_with(paragraph: &str) -> bool {
    parse(paragraph, &[]).is_some_and(|found| found.strength == Strength::Sure)
}

fn dateline(article: &Article, agencies: &[&str]) -> Option<Dateline> {
    let body = article.headline.map_or(0, |headline| headline.end as usize);
    let text = article.text.get(body..)?;
    for (number, paragraph) in paragraphs(text).take(LOOK).enumerate() {
        let Some(found) = parse(paragraph.of(text), agencies) else { continue };
        if found.strength == Strength::Weak && number > 0 {
            continue;
        }
        let start = body + paragraph.start as usize;
        let span = |(from, to): (usize, usize)| Span::new(start + from, start + to);
        return Some(Dateline {
            span: Span::new(start, start + found.end),
            place: found.place.map(span),
            date: found.day.and_then(|day| resolve(day, article.published)),
            agency: found.agency.map(span),
        });
    }
    None
}

/// The date of a dateline's day.
fn resolve(day: Day, published: Option<Date>) -> Option<Date> {
    let on = |year: i16| Date::new(year, day.month, day.day).ok();
    if let Some(year) = day.year {
        return on(year);
    }
    let latest = published?.checked_add(1.day()).ok()?;
    // Eight years reach the last 29 February, also across 1900 and 2100.
    (0..=8).find_map(|back| on(latest.year() - back).filter(|date| *date <= latest))
}
