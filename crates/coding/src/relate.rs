//! What a marked source does to a marked target: the judge's opinion and the lexicon's reading, put together.
//!
//! The rule is a sum that can be checked by hand: for each type the logarithm of the judge's probability, plus a bonus for each
//! type that the lexicon reads in the sentence, larger the better the parties of its event fit the marks. Its confidence is
//! the softmax of these sums (the logarithms times `SHARPEN`). How the bonuses were fitted: `training/README.md`.
//!
//! Out of scope: finding parties that nobody marked (`crate::assemble`).

use record::{
    EventType, Opinion,
    reading::{Event, Reading},
};
use std::ops::Range;

/// Bonus (natural logarithm of odds) for the type of a lexicon event that fits both marks, one of them, or none.
pub(crate) const BONUS: [f32; 3] = [1.6, 0.7, 0.3];

/// The judge is a little less sure than it is right; its probabilities are raised to this power, which gave the least loss on pairs
/// held out from its training.
const SHARPEN: f32 = 1.2;

/// Where the judge gives its first choice at least this probability, the lexicon could hardly change the answer and is not asked.
const SURE: f32 = 0.75;

/// Whether the judge is sure of the type, given that there is something between the two.
pub fn is_sure(opinion: &Opinion) -> bool {
    opinion.best().1 >= SURE * (1.0 - opinion.none)
}

/// A probability below this counts as this: no opinion is beyond appeal.
const LEAST: f32 = 1e-4;

/// A sentence with its marks taken out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// The sentence.
    pub text: String,
    /// Byte ranges of what stood between `<s>` and `</s>`.
    pub source: Vec<Range<usize>>,
    /// Byte ranges of what stood between `<t>` and `</t>`.
    pub target: Vec<Range<usize>>,
}

impl Marked {
    /// Takes `<s>…</s>` and `<t>…</t>` out of a sentence. A mark that is never closed counts for nothing.
    pub fn read(marked: &str) -> Self {
        let mut out = Self::default();
        let (mut source, mut target) = (None, None);
        let mut rest = marked;
        while let Some(at) = rest.find('<') {
            out.text.push_str(&rest[..at]);
            rest = &rest[at..];
            let here = out.text.len();
            let mark = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|mark| rest.starts_with(mark));
            match mark {
                Some("<s>") => source = Some(here),
                Some("<t>") => target = Some(here),
                Some("</s>") => out.source.extend(source.take().map(|start| start..here)),
                Some("</t>") => out.target.extend(target.take().map(|start| start..here)),
                _ => out.text.push('<'),
            }
            rest = &rest[mark.map_or(1, str::len)..];
        }
        out.text.push_str(rest);
        out
    }
}

/// What was decided for a marked pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The type; `None` where there was nothing to judge.
    pub kind: Option<EventType>,
    /// Probability of the type, 0 to 1.
    pub confidence: f32,
    /// The judge's three likeliest types with their probabilities; empty without a judge.
    pub judge: Vec<(EventType, f32)>,
    /// The lexicon's votes: type, bonus, and the rule and words behind it; empty where it was not asked.
    pub lexicon: Vec<(EventType, f32, String)>,
}

/// Puts both together. `reading` is the reading of [`Marked::text`], where the lexicon was asked.
pub fn relation(marked: &Marked, opinion: Option<&Opinion>, reading: Option<&Reading>) -> Relation {
    let mut lexicon: Vec<(EventType, f32, String)> = Vec::new();
    for event in reading.iter().flat_map(|reading| &reading.events) {
        let bonus = BONUS[fit(marked, event)];
        let why = format!("{} “{}”", event.rule, event.anchor.text);
        match lexicon.iter_mut().find(|vote| vote.0 == event.kind) {
            Some(vote) if vote.1 >= bonus => {}
            Some(vote) => (vote.1, vote.2) = (bonus, why),
            None => lexicon.push((event.kind, bonus, why)),
        }
    }
    let votes: Vec<(EventType, f32)> = lexicon.iter().map(|vote| (vote.0, vote.1)).collect();
    // Who marks a pair says that there is something between the two.
    let shares = shares(opinion.map(|o| Opinion { none: 0.0, ..o.clone() }).as_ref(), &votes);
    let best = (opinion.is_some() || !lexicon.is_empty()).then(|| shares.best());
    let mut judge: Vec<(EventType, f32)> =
        opinion.map(|opinion| EventType::ALL.into_iter().zip(opinion.types).collect()).unwrap_or_default();
    judge.sort_by(|a, b| b.1.total_cmp(&a.1));
    judge.truncate(3);
    Relation {
        kind: best.map(|(kind, _)| kind),
        confidence: best.map_or(0.0, |(_, share)| share),
        judge,
        lexicon,
    }
}

/// Probabilities after the lexicon's votes (type and bonus). Without an opinion all types are equally likely.
pub(crate) fn shares(opinion: Option<&Opinion>, votes: &[(EventType, f32)]) -> Opinion {
    let even = Opinion { types: [1.0 / 16.0; 16], none: 0.0, act: None };
    let mut out = opinion.cloned().unwrap_or(even);
    for (kind, share) in EventType::ALL.into_iter().zip(&mut out.types) {
        let bonus: f32 = votes.iter().filter(|vote| vote.0 == kind).map(|vote| vote.1).sum();
        *share = share.max(LEAST).powf(SHARPEN) * bonus.exp();
    }
    out.none = out.none.powf(SHARPEN);
    let total: f32 = out.types.iter().sum::<f32>() + out.none;
    out.types.iter_mut().for_each(|share| *share /= total);
    out.none /= total;
    out
}

/// The probability of a type; CONCEDE and RETREAT, which coders hardly tell apart, count together.
pub(crate) fn alike(opinion: &Opinion, kind: EventType) -> f32 {
    match kind {
        EventType::Concede | EventType::Retreat => {
            opinion.of(EventType::Concede) + opinion.of(EventType::Retreat)
        }
        kind => opinion.of(kind),
    }
}

/// 0: the event's sides are the marked ones; 1: one of them is; 2: none is. Either side may be found in the other's mark where the
/// words are (a possessor in the target's phrase).
fn fit(marked: &Marked, event: &Event) -> usize {
    let chars = record::CharIndex::new(&marked.text);
    let overlaps = |start: usize, end: usize, spans: &[Range<usize>]| {
        spans.iter().any(|span| {
            let (from, to) = chars.range(record::Span::new(span.start, span.end));
            start < to && from < end
        })
    };
    let source = event.actors.iter().any(|party| overlaps(party.start, party.end, &marked.source));
    let target = event.recipients.iter().any(|party| overlaps(party.start, party.end, &marked.target));
    match (source, target) {
        (true, true) => 0,
        (false, false) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let marked = Marked::read("On Monday <s>Chad</s>'s envoy met <t>Niger</t>; 2 < 3.");
        assert_eq!(marked.text, "On Monday Chad's envoy met Niger; 2 < 3.");
        assert_eq!(&marked.text[marked.source[0].clone()], "Chad");
        assert_eq!(&marked.text[marked.target[0].clone()], "Niger");
    }

    #[test]
    fn a_mark_that_is_never_closed_marks_nothing() {
        let marked = Marked::read("<s>Chad met <t>Niger</t>");
        assert_eq!(
            (marked.text.as_str(), marked.source.len(), marked.target.len()),
            ("Chad met Niger", 0, 1)
        );
    }

    #[test]
    fn without_judge_and_lexicon_nothing_is_decided() {
        let marked = Marked::read("<s>Chad</s> met <t>Niger</t>.");
        assert_eq!(relation(&marked, None, None).kind, None);
    }
}
