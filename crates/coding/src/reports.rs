//! Statements as a network reads them, joined with those that the rules read.
//!
//! The network finds the outermost statements, with the words of source, cue and content; the rules know stances, what stands inside a
//! statement's content, and who is cited between the two. Where both find a statement, its words are the network's.
//!
//! Out of scope: the network itself (crate `language`), and the rules ([`crate::attribution`]).

use crate::{
    attribution::{Attribution, turned},
    lexicon::{CuePos, Lexicon},
    syntax::Syntax,
};
use record::{Report, Stance, TokenId, TokenRange, Upos};

/// Puts the two lists together.
pub(crate) fn join(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    reports: &[&Report],
    ruled: Vec<Attribution>,
) -> Vec<Attribution> {
    // By word: the report whose cue it is of, and the one in whose content it stands.
    let words = syntax.doc.tokens.len();
    let (mut cue_of, mut content_of) = (vec![None; words], vec![None; words]);
    for (index, report) in reports.iter().enumerate() {
        report.cue.iter().for_each(|word| cue_of[word.index()] = Some(index));
        for word in &report.content {
            // The innermost: the later ones stand inside the earlier.
            content_of[word.index()] = Some(index);
        }
    }
    let mut found: Vec<Attribution> =
        reports.iter().map(|report| attribution(syntax, lexicon, report)).collect();
    let mut stances: Vec<Option<Stance>> = vec![None; reports.len()];
    for one in ruled {
        let same = one.cue.iter().find_map(|word| cue_of[word.index()]);
        if let Some(index) = same {
            stances[index].get_or_insert(one.stance);
            continue;
        }
        let Some(outer) = one.cue.first().and_then(|word| content_of[word.index()]) else { continue };
        // *quoted B as saying that*: who says is not A once more.
        let again = one.source.is_some_and(|source| reports[outer].source.contains(&source));
        if !again {
            found.push(one);
        }
    }
    for (attribution, stance) in found.iter_mut().zip(stances) {
        attribution.stance = stance.unwrap_or(attribution.stance);
    }
    found
}

fn attribution(syntax: &Syntax<'_>, lexicon: &Lexicon, report: &Report) -> Attribution {
    let head = |words: &[TokenId]| {
        let inside = |id: TokenId| words.contains(&id);
        let tops: Vec<TokenId> =
            words.iter().copied().filter(|id| !syntax.head(*id).is_some_and(inside)).collect();
        let nominal = |id: &TokenId| matches!(syntax.upos(*id), Upos::Noun | Upos::Propn | Upos::Pron);
        tops.iter().copied().find(nominal).or_else(|| words.iter().copied().find(nominal))
    };
    let source_words = report.source.first().zip(report.source.last());
    Attribution {
        source: head(&report.source).or(report.source.first().copied()),
        source_words: source_words.map(|(first, last)| TokenRange { start: first.0, end: last.0 + 1 }),
        cue: report.cue.clone(),
        content: report.content.clone(),
        stance: stance(syntax, lexicon, &report.cue),
        parent: None,
    }
}

/// The stance of a cue by the lexicon's word in it; who only speaks affirms.
fn stance(syntax: &Syntax<'_>, lexicon: &Lexicon, cue: &[TokenId]) -> Stance {
    let known = |id: &TokenId| {
        let (pos, lemma) = match syntax.upos(*id) {
            Upos::Verb => (CuePos::Verb, syntax.verb_lemma(*id)),
            Upos::Noun | Upos::Propn => (CuePos::Noun, syntax.lemma(*id).to_lowercase()),
            Upos::Adj => (CuePos::Adjective, syntax.lemma(*id).to_lowercase()),
            Upos::Adv => (CuePos::Adverb, syntax.lemma(*id).to_lowercase()),
            _ => return None,
        };
        lexicon.cues.get(pos, &lemma).map(|cue| cue.stance)
    };
    let negated = cue.iter().any(|id| matches!(syntax.lemma(*id), "not" | "never" | "n't" | "no"));
    // *issued a denial*: of several words the one that does more than speak decides.
    let stances: Vec<Stance> = cue.iter().filter_map(known).collect();
    let telling = stances.iter().copied().find(|stance| *stance != Stance::Affirms);
    let stance = telling.or(stances.first().copied());
    stance.map_or(Stance::Affirms, |stance| turned(stance, negated))
}
