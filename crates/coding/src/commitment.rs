//! How sure a source is of what it says, and whether it says so against its interest or for the first time.
//!
//! The cue's line in `data/lexicon/cues.tsv` gives the certainty to begin with; phrases of `data/lexicon/marks.tsv` in the main clause of what is
//! said, or around the cue, change it. Without any word of doubt a statement is certain, as event factuality has it.
//!
//! Out of scope: whether the thing said took place ([`crate::actuality`]).

use crate::{
    attribution::Attribution,
    lexicon::{Lexicon, Sign, Where},
    reports,
    syntax::Syntax,
};
use record::{Certainty, Mark, Stance, TokenId, Upos};

/// How a source stands behind its words, beside its stance.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commitment {
    /// `None` where the source holds nothing to be so or not so.
    pub certainty: Option<Certainty>,
    /// In the order of [`Mark::ALL`].
    pub marks: Vec<Mark>,
}

/// Words up from a phrase to the word it must belong to.
const REACH: usize = 4;

/// Reads the words of one statement. `words`: lemma and form of each word of the document, in lower case.
pub(crate) fn of(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    words: &[[&str; 2]],
    statement: &Attribution,
) -> Commitment {
    let Some(cue) = statement.cue.first() else { return Commitment::default() };
    let sentence = syntax.doc.sentences[syntax.doc.sentence_of(*cue)].tokens;
    let inside = |id: TokenId| statement.content.binary_search(&id).is_ok();
    // What the clauses of the content hang on.
    let top = |id: TokenId| inside(id) && syntax.head(id).is_none_or(|head| !inside(head));
    let governs = |id: TokenId, wanted: &dyn Fn(TokenId) -> bool| syntax.path_up(id).take(REACH).any(wanted);
    let said = |at: u32, length: u32| (at..at + length).all(|word| inside(TokenId(word)));
    let about = |at: u32| {
        let mut up = syntax.path_up(TokenId(at)).take(3);
        up.any(top) || syntax.children(TokenId(at)).iter().any(|kid| top(*kid))
    };
    // *confirmed the swap for the first time*: of a thing it is the report that is the first.
    let thing = !statement.content.iter().any(|id| top(*id) && syntax.is_predicate(*id));
    let near = |at: u32, length: u32| {
        let words = || (at..at + length).map(TokenId);
        let of_report = |id: TokenId| statement.cue.contains(&id) || statement.source == Some(id);
        words().all(|id| thing || !inside(id) || statement.cue.contains(&id))
            && words().any(|id| of_report(id) || governs(id, &of_report))
    };
    let first = statement.content.first().map_or(sentence.start, |word| word.0.min(sentence.start));
    let last = statement.content.last().map_or(sentence.end, |word| (word.0 + 1).max(sentence.end));
    let (mut doubt, mut sure, mut marks): (Option<Certainty>, bool, Vec<Mark>) = (None, false, Vec::new());
    for at in first..last.min(first + LONGEST) {
        for (length, phrase) in lexicon.marks.at(&words[..last as usize], at as usize) {
            let length = length as u32;
            let here = match phrase.place {
                Where::Said => said(at, length) && about(at),
                Where::Report => near(at, length),
                Where::Both => said(at, length) && about(at) || near(at, length),
                Where::Own => said(at, length) && is_own(syntax, statement, at, length),
            };
            match phrase.sign {
                _ if !here => {}
                Sign::Sure(Certainty::Certain) => sure = true,
                Sign::Sure(certainty) => doubt = Some(doubt.map_or(certainty, |other| other.min(certainty))),
                Sign::Mark(Mark::AgainstInterest) if !holds_true(statement.stance) => {}
                Sign::Mark(mark) => marks.push(mark),
            }
        }
    }
    if statement.stance == Stance::Admits {
        marks.push(Mark::AgainstInterest);
    }
    marks.sort_unstable();
    marks.dedup();
    // The word of a charge tells how little the reporter vouches for it, not that who charges doubts it.
    let cue =
        reports::cue_of(syntax, lexicon, &statement.cue).filter(|_| statement.stance != Stance::Alleges);
    let by_cue = cue.and_then(|cue| cue.certainty);
    let certainty = match statement.stance {
        Stance::Questions | Stance::Declines => None,
        _ if doubt.is_some() => doubt,
        _ if sure => Some(Certainty::Certain),
        _ => Some(by_cue.unwrap_or(Certainty::Certain)),
    };
    Commitment { certainty, marks }
}

/// Whether who takes this stance holds what is said to be so, of its own accord.
fn holds_true(stance: Stance) -> bool {
    matches!(stance, Stance::Affirms | Stance::Confirms | Stance::Admits)
}

/// Of what is said no more words than these are looked at.
const LONGEST: u32 = 512;

/// Whether a phrase of what is said tells of the source itself, as something that is so: *we failed*, *its missile had missed*, *lost 40 of its men*; not *we did not
/// fail*, *it will not lose*, nor what *they* did of whom it is not known that they are the source.
fn is_own(syntax: &Syntax<'_>, statement: &Attribution, at: u32, length: u32) -> bool {
    let Some(source) = statement.source else { return false };
    let owner = |id: TokenId| {
        if syntax.upos(id) != Upos::Pron {
            return syntax.deprel(id) != "nmod:poss"
                && syntax.chain(id).is_some_and(|chain| syntax.chain(source) == Some(chain));
        }
        let lemma = syntax.lemma(id).to_lowercase();
        let form = syntax.doc.token(id).form.to_lowercase();
        matches!(form.as_str(), "i" | "we" | "our" | "my" | "us" | "me")
            || matches!(lemma.as_str(), "it" | "they" | "he" | "she" | "its" | "their" | "his" | "her")
                && syntax.chain(id).is_some_and(|chain| syntax.chain(source) == Some(chain))
    };
    let words = || (at..at + length).map(TokenId);
    // The clause of the phrase, without clauses below it.
    let Some(head) =
        words().find(|id| !syntax.head(*id).is_some_and(|head| words().any(|word| word == head)))
    else {
        return false;
    };
    let clause = syntax.path_up(head).take(REACH).find(|id| syntax.is_predicate(*id)).unwrap_or(head);
    let unreal = syntax.children(clause).iter().any(|kid| {
        let word = syntax.lemma(*kid);
        // The phrase's own words (*could not protect*) are meant.
        !words().any(|id| id == *kid)
            && (matches!(word, "not" | "never" | "n't")
                || syntax.relation(*kid) == "aux"
                    && matches!(
                        word,
                        "will" | "would" | "may" | "might" | "could" | "can" | "must" | "should" | "shall"
                    )
                || syntax.relation(*kid) == "mark" && matches!(word, "if" | "unless"))
    });
    if unreal {
        return false;
    }
    let near = syntax.subtree_without(clause, |kid| {
        matches!(syntax.relation(kid), "advcl" | "ccomp" | "parataxis" | "acl" | "conj")
            && !words().any(|word| word == kid)
    });
    near.into_iter().any(|id| statement.content.binary_search(&id).is_ok() && owner(id))
}
