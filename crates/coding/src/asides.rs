//! *…, a charge Kigali has denied*: what stands in apposition to something said, and tells how another takes it, is the text's own
//! statement and no part of what is said.
//!
//! Out of scope: what the noun stands for. The denial's content is the noun (*a charge*).

use crate::{
    attribution::Attribution,
    lexicon::{CuePos, Lexicon},
    syntax::Syntax,
};
use record::{Sentence, TokenId, Upos};

/// Takes the asides out of what is said, and puts each as a statement of its own.
///
/// `prose`: the sentences to look at, as for the rules; none of them may be endless.
pub(crate) fn set_apart<'d>(
    syntax: &Syntax<'d>,
    lexicon: &Lexicon,
    prose: impl Iterator<Item = &'d Sentence>,
    found: &mut Vec<Attribution>,
) {
    let doc = syntax.doc;
    // By word: whether it stands in an aside.
    let mut inside = vec![false; doc.tokens.len()];
    let mut by_cue = vec![None; doc.tokens.len()];
    for one in found.iter() {
        one.cue.iter().for_each(|word| by_cue[word.index()] = Some(one.stance));
    }
    let mut own = Vec::new();
    for noun in prose.flat_map(|sentence| sentence.tokens.ids()) {
        let Some(mut aside) = aside(syntax, lexicon, noun) else { continue };
        // The stance may have been learned (*a claim Kigali called "nonsense"*).
        let read = by_cue[aside.cue[aside.cue.len() - 1].index()];
        aside.stance = read.unwrap_or(aside.stance);
        let words = syntax.subtree_without(noun, |_| false);
        words.into_iter().for_each(|word| inside[word.index()] = true);
        own.push(aside);
    }
    if own.is_empty() {
        return;
    }
    found.retain_mut(|one| {
        let apart = one.cue.iter().any(|word| inside[word.index()]);
        one.content.retain(|word| !inside[word.index()]);
        !apart && !one.content.is_empty()
    });
    found.extend(own);
}

/// The statement of an aside whose noun is this word.
fn aside(syntax: &Syntax<'_>, lexicon: &Lexicon, noun: TokenId) -> Option<Attribution> {
    let is_aside = syntax.upos(noun) == Upos::Noun
        && syntax.relation(noun) == "appos"
        && lexicon.is_words(syntax.lemma(noun))
        && syntax.children_by(noun, "det").any(|det| matches!(syntax.lemma(det), "a" | "an"));
    let verb = syntax.children(noun).iter().copied().find(|kid| syntax.deprel(*kid) == "acl:relcl")?;
    let source = syntax.child(verb, "nsubj").filter(|source| {
        is_aside && *source > noun && !syntax.doc.token(*source).feats.has("PronType", "Rel")
    })?;
    let cue = lexicon.cues.get(CuePos::Verb, &syntax.verb_lemma(verb))?;
    let mut words: Vec<TokenId> = syntax.children_by(verb, "aux").chain([verb]).collect();
    words.sort_unstable();
    let content = (syntax.phrase(noun).start..=noun.0).map(TokenId).collect();
    Some(Attribution {
        source: Some(source),
        source_words: None,
        cue: words,
        content,
        stance: cue.stance,
        parent: None,
    })
}
