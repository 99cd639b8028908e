//! Actor codes of the CAMEO family: what root and parts stand for, and from when to when.

use super::report::Why;
use crate::lexicon::{ActorCode, Lexicon};
use atlas::Atlas;
use jiff::civil::Date;
use record::Sector;

/// What the conversion may ask.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub lexicon: &'a Lexicon,
    pub atlas: &'a Atlas,
}

/// What the first part of a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Root {
    /// A state by its ISO code.
    State(String),
    /// A kind of actor without a state: IGO, NGO, IMG, MNC….
    Kind(Sector),
    /// A region by its name.
    Region(String),
    /// A people or creed by its name, with the sector it implies.
    Community(String, Option<Sector>),
    /// `---`, or a code without a root.
    None,
    /// No code that lexicon and atlas know.
    Unknown,
}

/// One code, such as `PSEREBHMS`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    pub text: String,
    pub root: Root,
    /// The sector of the first part that has one; of the root, where it is a kind.
    pub sector: Option<Sector>,
    /// Parts behind the root that the sector does not tell.
    pub rest: Vec<String>,
}

/// Reasons that more than one converter gives.
pub(super) const NULL_CODE: &str = "a null code: legation has no list of names that are no actors";
pub(super) const BAD_CODE: &str = "not an actor code";

impl Code {
    /// Reads a code; the message says why it is none.
    pub(super) fn read(text: &str, known: &Known<'_>) -> Result<Self, Why> {
        let text = text.trim().trim_end_matches('_').to_owned();
        let parts: Vec<&str> = (0..text.len()).step_by(3).filter_map(|at| text.get(at..at + 3)).collect();
        let good = |part: &&str| {
            part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) || **part == *"---"
        };
        if text.is_empty() || !text.is_ascii() || !text.len().is_multiple_of(3) || !parts.iter().all(good) {
            return Err(Why::new(BAD_CODE, text));
        }
        if text == "---" || text == "###" {
            return Err(Why::new(NULL_CODE, ""));
        }
        let codes = &known.lexicon.actor_codes;
        let root = parts[0];
        let (root, mut behind) = match codes.get(root) {
            _ if root == "---" => (Root::None, &parts[1..]),
            _ if known.atlas.state(root).is_some() => (Root::State(root.to_owned()), &parts[1..]),
            Some(ActorCode::State(iso3)) if known.atlas.state(iso3).is_some() => {
                (Root::State(iso3.clone()), &parts[1..])
            }
            Some(ActorCode::Sector(sector, _)) if is_kind(*sector) => (Root::Kind(*sector), &parts[1..]),
            Some(ActorCode::Body(_)) => (Root::Kind(Sector::IGO), &parts[..]),
            Some(ActorCode::Region(name)) => (Root::Region(name.clone()), &parts[1..]),
            Some(ActorCode::Creed(name)) => (Root::Community(name.clone(), Some(Sector::REL)), &parts[1..]),
            Some(ActorCode::People(name)) => (Root::Community(name.clone(), None), &parts[1..]),
            Some(ActorCode::Sector(..)) => (Root::None, &parts[..]),
            _ => (Root::Unknown, &parts[1..]),
        };
        let mut rest = Vec::new();
        let mut sector = match root {
            Root::Kind(sector) => Some(sector),
            _ => None,
        };
        let own = sector.is_some();
        while let Some((part, more)) = behind.split_first() {
            match codes.get(part) {
                Some(ActorCode::Sector(one, _)) if sector.is_none() && !own => sector = Some(*one),
                Some(ActorCode::Creed(_)) if sector.is_none() && !own => {
                    sector = Some(Sector::REL);
                    rest.push((*part).to_owned());
                }
                _ => rest.push((*part).to_owned()),
            }
            behind = more;
        }
        if sector.is_none()
            && let Root::Community(_, implied) = root
        {
            sector = implied;
        }
        Ok(Self { text, root, sector, rest })
    }

    /// Whether it is a state's code and nothing else.
    pub(super) fn bare_state(&self) -> Option<&str> {
        match &self.root {
            Root::State(iso3) if self.sector.is_none() && self.rest.is_empty() => Some(iso3),
            _ => None,
        }
    }

    /// The body of the atlas with this code, or with the longest part of it.
    pub(super) fn body(&self, known: &Known<'_>) -> Option<String> {
        let lengths = (1..=self.text.len() / 3).rev().map(|parts| &self.text[..parts * 3]);
        lengths.filter(|code| code.len() > 3 || self.text.len() == 3).find_map(|code| {
            let body = known.atlas.bodies().iter().find(|body| body.code == code).map(|body| body.id.clone());
            body.or_else(|| match known.lexicon.actor_codes.get(code) {
                Some(ActorCode::Body(id)) if known.atlas.body(id).is_some() => Some(id.clone()),
                _ => None,
            })
        })
    }
}

/// Kinds of actors that stand where other codes have a state.
fn is_kind(sector: Sector) -> bool {
    use Sector::{IGO, IMG, ISM, MNC, NGO};
    matches!(sector, IGO | NGO | IMG | ISM | MNC)
}

/// From when to when a code holds, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Span {
    /// Always.
    pub(super) fn open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// `<910625`, `>20080508`, `991231-080507`; empty for always.
    pub(super) fn read(text: &str) -> Result<Self, Why> {
        let bad = || Why::new("not a date (YYMMDD or YYYYMMDD)", text);
        let text = text.trim();
        let span = if text.is_empty() {
            Self::default()
        } else if let Some(day) = text.strip_prefix('<') {
            Self { from: None, to: Some(day_of(day, true).ok_or_else(bad)?) }
        } else if let Some(day) = text.strip_prefix('>') {
            Self { from: Some(day_of(day, false).ok_or_else(bad)?), to: None }
        } else {
            let (from, to) = text.split_once('-').ok_or_else(bad)?;
            Self {
                from: Some(day_of(from, false).ok_or_else(bad)?),
                to: Some(day_of(to, true).ok_or_else(bad)?),
            }
        };
        match (span.from, span.to) {
            (Some(from), Some(to)) if from > to => Err(Why::new("the code begins after it ends", text)),
            _ => Ok(span),
        }
    }
}

/// Two-digit years up to this are of this century, as PETRARCH reads them.
const PIVOT: i16 = 30;

/// A day; month and day may be 00, then the first or last of the year or month is meant. A day past the month's last is its
/// last.
fn day_of(text: &str, last: bool) -> Option<Date> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match text.len() {
        6 => {
            let short: i16 = text.get(..2)?.parse().ok()?;
            (short + if short <= PIVOT { 2000 } else { 1900 }, text.get(2..)?)
        }
        8 => (text.get(..4)?.parse().ok()?, text.get(4..)?),
        _ => return None,
    };
    let (month, day): (i8, i8) = (rest.get(..2)?.parse().ok()?, rest.get(2..)?.parse().ok()?);
    let month_or = match (month, last) {
        (0, false) => 1,
        (0, true) => 12,
        (month, _) => month,
    };
    let first = Date::new(year, month_or, 1).ok()?;
    match (month, day, last) {
        (_, 32.., _) => None,
        (0, _, false) | (_, 0, false) => Some(first),
        (0, _, true) | (_, 0, true) => Some(first.last_of_month()),
        (_, day, _) => Some(Date::new(year, month_or, day).unwrap_or_else(|_| first.last_of_month())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_as_petrarch_does() {
        let span = |text| Span::read(text).map(|span| (span.from, span.to));
        assert_eq!(span(""), Ok((None, None)));
        assert_eq!(span("991231-080507"), Ok((Some(date(1999, 12, 31)), Some(date(2008, 5, 7)))));
        assert_eq!(span("<320101"), Ok((None, Some(date(1932, 1, 1)))));
        assert_eq!(span(">20080508"), Ok((Some(date(2008, 5, 8)), None)));
        assert_eq!(span("20010231-20010231"), Ok((Some(date(2001, 2, 28)), Some(date(2001, 2, 28)))));
        assert_eq!(span("19990000-19990000"), Ok((Some(date(1999, 1, 1)), Some(date(1999, 12, 31)))));
        for bad in
            ["2004017-20061201", "x", "<", ">12", "080101-070101", "20011345-20020101", "é-é", "2001٣٤٥٦"]
        {
            assert!(Span::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_are_taken_apart() -> Result<(), atlas::Error> {
        let (lexicon, atlas) = (Lexicon::embedded().0, Atlas::embedded()?);
        let known = Known { lexicon: &lexicon, atlas: &atlas };
        let read = |text: &str| Code::read(text, &known);
        let code = read("PSEREBHMS").expect("a code");
        assert_eq!(
            (code.root, code.sector, code.rest.len()),
            (Root::State("PSE".into()), Some(Sector::REB), 1)
        );
        let media = read("GRCMED").expect("a code");
        assert_eq!(media.sector, Some(Sector::JRN), "CAMEO's MED is media");
        assert_eq!(read("ROMGOV").expect("a code").root, Root::State("ROU".into()));
        assert_eq!(read("MUS").expect("a code").bare_state(), Some("MUS"), "Mauritius");
        assert_eq!(read("LBNMUS").expect("a code").sector, Some(Sector::REL), "Muslims");
        assert_eq!(read("IGOUNO").expect("a code").body(&known).as_deref(), Some("UN"));
        assert_eq!(read("IGOWSTNAT").expect("a code").body(&known).as_deref(), Some("NATO"));
        assert_eq!(read("---REB").expect("a code").root, Root::None);
        assert_eq!(read("ELI").expect("a code").sector, Some(Sector::ELI));
        assert_eq!(read("WEUREB").expect("a code").root, Root::Region("Western Europe".into()));
        for bad in ["", "AF", "AFGX", "afg", "---", "ÄÖÜ", "A G"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        Ok(())
    }
}
