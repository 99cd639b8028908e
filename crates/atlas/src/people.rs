//! Persons: their names, the surnames they go by, and the offices they hold or held on a day.

use crate::index::HashedMap;
use crate::states::NameOrder;
use crate::{Tenure, key};
use jiff::civil::Date;

/// A person, with all offices the atlas knows. Several persons may share a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Canonical name.
    pub name: String,
    /// Positions in the table of tenures, in the order of the tables.
    pub(crate) tenures: Vec<u32>,
}

/// How an office stands to the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Held on that day.
    Held,
    /// Held earlier.
    Former,
    /// Held later.
    Future,
}

/// An office of a person, as it stands on the day asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding<'a> {
    /// The person's canonical name.
    pub name: &'a str,
    /// Office, country or body, title and period.
    pub tenure: &'a Tenure,
    /// Held on that day, earlier or later. Without a day: held now, or earlier.
    pub standing: Standing,
}

impl Holding<'_> {
    /// Whether the office was held before the day asked about and no longer on it.
    pub fn former(&self) -> bool {
        self.standing == Standing::Former
    }

    /// The title, with `former` where it is over; never a title from the future. [`crate::Atlas::role`] adds the
    /// country.
    pub fn role(&self) -> Option<String> {
        match self.standing {
            Standing::Held => Some(self.tenure.title.clone()),
            Standing::Former => Some(format!("former {}", self.tenure.title)),
            Standing::Future => None,
        }
    }
}

pub(crate) fn standing(tenure: &Tenure, on: Option<Date>) -> Standing {
    if tenure.period.holds(on) {
        Standing::Held
    } else if tenure.period.over(on) {
        Standing::Former
    } else {
        Standing::Future
    }
}

/// Offices held first; then former ones, the latest first; then future ones, the nearest first. Among offices held
/// at once the greater comes first, in the order of [`Office`].
pub(crate) fn sort(holdings: &mut [Holding<'_>]) {
    holdings.sort_by(|a, b| {
        a.standing.cmp(&b.standing).then_with(|| match a.standing {
            Standing::Held => {
                a.tenure.office.cmp(&b.tenure.office).then(b.tenure.period.from.cmp(&a.tenure.period.from))
            }
            Standing::Former => b.tenure.period.to.cmp(&a.tenure.period.to),
            Standing::Future => a.tenure.period.from.cmp(&b.tenure.period.from),
        })
    });
}

/// Groups tenures into persons. One name in one country is one person; a name in a state and the same name in a body
/// too (a minister who went on to lead an alliance).
pub(crate) fn group(tenures: &[Tenure], is_body: impl Fn(&str) -> bool) -> Vec<Person> {
    let mut persons: Vec<(Person, Vec<String>)> = Vec::new();
    let mut by_name: HashedMap<Vec<usize>> = HashedMap::default();
    for (at, tenure) in tenures.iter().enumerate() {
        let known = by_name.entry(key::hash_bytes(key::key(&tenure.name).as_bytes())).or_default();
        let body = is_body(&tenure.country);
        let same = known.iter().copied().find(|person| {
            persons.get(*person).is_some_and(|(_, countries)| {
                body || countries.iter().any(|c| *c == tenure.country || is_body(c))
            })
        });
        match same.and_then(|person| persons.get_mut(person)) {
            Some((person, countries)) => {
                person.tenures.push(at as u32);
                countries.push(tenure.country.clone());
            }
            None => {
                known.push(persons.len());
                let person = Person { name: tenure.name.clone(), tenures: vec![at as u32] };
                persons.push((person, vec![tenure.country.clone()]));
            }
        }
    }
    persons.into_iter().map(|(person, _)| person).collect()
}

/// The keys of the surnames by which news calls a person of this full name.
pub(crate) fn surnames(name: &str, order: NameOrder) -> Vec<String> {
    let parts: Vec<&str> = name.split_whitespace().filter(|part| !is_suffix(part)).collect();
    let mut out: Vec<String> = Vec::new();
    let mut push = |text: &str| {
        let key = key::key(text);
        if !key.is_empty() && !out.contains(&key) {
            out.push(key);
        }
    };
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return out };
    if parts.len() == 1 {
        push(first);
        return out;
    }
    if matches!(order, NameOrder::FamilyFirst | NameOrder::Either | NameOrder::Given) {
        push(first);
    }
    if matches!(order, NameOrder::FamilyLast | NameOrder::Either | NameOrder::Given) {
        push(last);
        // `al-Assad` is Assad in the next sentence.
        if let Some((article, rest)) = last.split_once('-')
            && article.len() <= 3
        {
            push(rest);
        }
        // `von der Leyen`, `bin Salman`, `López Obrador`.
        let particle = parts.iter().skip(1).position(|p| p.chars().next().is_some_and(char::is_lowercase));
        match particle.and_then(|at| parts.get(at + 1..)) {
            Some(tail) => push(&tail.join(" ")),
            None if parts.len() > 2 => push(&parts.get(parts.len() - 2..).unwrap_or(&[]).join(" ")),
            None => {}
        }
    }
    out
}

fn is_suffix(part: &str) -> bool {
    matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_follow_the_country() {
        let last = |n| surnames(n, NameOrder::FamilyLast);
        assert_eq!(last("Emmanuel Macron"), ["macron"]);
        assert_eq!(last("Ursula von der Leyen"), ["leyen", "von der leyen"]);
        assert_eq!(last("Bashar al-Assad"), ["al assad", "assad"]);
        assert_eq!(last("Ferdinand Marcos Jr."), ["marcos"]);
        assert_eq!(surnames("Kim Jong Un", NameOrder::FamilyFirst), ["kim"]);
        assert_eq!(surnames("Abiy Ahmed", NameOrder::Given), ["abiy", "ahmed"]);
        assert!(surnames("Min Aung Hlaing", NameOrder::Whole).is_empty());
    }
}
