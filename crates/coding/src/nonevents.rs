//! Marks the words that only look like events: phrases of metaphor, sport, history and the rest.
//!
//! A phrase silences the words it covers. Three reasons reach further: *in the film* makes fiction of its sentence, words of
//! sport make a game of force and meetings, and *in the colonial era* makes history of the clause it stands in.

use crate::{
    lexicon::{Lexicon, NonEvent},
    syntax::Syntax,
};
use record::{EventType, TokenId};

/// Prepositions that set a clause in a story or an era.
const SETTING: &[&str] = &["in", "during", "under", "throughout", "at", "within", "through"];

/// Number of sport words from which a sentence counts as sport.
const SPORT_WORDS: usize = 2;

/// Why a word is no event, by word and by sentence.
pub struct Exclusions<'l> {
    phrases: Vec<Option<&'l NonEvent>>,
    sentences: Vec<Setting<'l>>,
}

/// What the phrases of a sentence make of all of it.
#[derive(Default)]
struct Setting<'l> {
    fiction: Option<&'l NonEvent>,
    sport: Option<&'l str>,
    history: Vec<(TokenId, &'l NonEvent)>,
    story: bool,
    era: Vec<TokenId>,
    accident: bool,
}

impl<'l> Exclusions<'l> {
    /// Reads a document once.
    pub fn find(syntax: &Syntax<'_>, lexicon: &'l Lexicon) -> Self {
        let doc = syntax.doc;
        let lower: Vec<String> = doc.tokens.iter().map(|t| t.lemma.to_lowercase()).collect();
        let lemmas: Vec<[&str; 1]> = lower.iter().map(|lemma| [lemma.as_str()]).collect();
        let mut phrases = vec![None; lemmas.len()];
        let mut sentences = Vec::with_capacity(doc.sentences.len());
        // A story told in one sentence goes on to the end of its paragraph.
        let mut told: Option<&NonEvent> = None;
        for sentence in &doc.sentences {
            let range = sentence.tokens.indices();
            if sentence.opens_paragraph {
                told = None;
            }
            let mut setting = Setting { fiction: told, ..Setting::default() };
            for i in range.clone() {
                let Some((length, phrase)) = lexicon.nonevents.match_at(&lemmas[..range.end], i) else {
                    continue;
                };
                phrases[i..i + length].fill(Some(phrase));
                match phrase.reason.as_str() {
                    "fiction" => {
                        setting.fiction = Some(phrase);
                        told = Some(phrase);
                    }
                    "entertainment" => setting.fiction = Some(phrase),
                    "sport" => setting.sport = Some(&phrase.phrase),
                    "history" | "anniversary" => setting.history.push((TokenId(i as u32), phrase)),
                    _ => {}
                }
            }
            let mut sport_words = 0;
            for i in range.clone() {
                let id = TokenId(i as u32);
                let [lemma] = lemmas[i];
                let two = (i > range.start).then(|| format!("{} {lemma}", lemmas[i - 1][0]));
                let is = |class: &str| {
                    lexicon.classes.has(class, lemma)
                        || two.as_deref().is_some_and(|two| lexicon.classes.has(class, two))
                };
                let set_in = syntax.preposition(id).is_some_and(|p| SETTING.contains(&p.as_str()));
                if (set_in || syntax.relation(id) == "nsubj") && is("fiction_work") {
                    setting.story = true;
                }
                if set_in && is("era") {
                    setting.era.push(id);
                }
                setting.accident |= is("accident");
                // A term of two words (*group stage*) is as good as two words.
                sport_words += usize::from(lexicon.classes.has("sport", lemma));
                sport_words +=
                    2 * usize::from(two.as_deref().is_some_and(|two| lexicon.classes.has("sport", two)));
            }
            if sport_words >= SPORT_WORDS {
                setting.sport.get_or_insert("several words of sport in the sentence");
            }
            sentences.push(setting);
        }
        Self { phrases, sentences }
    }

    /// The reason why a word is no event, with the phrase that says so.
    pub fn reason(
        &self,
        syntax: &Syntax<'_>,
        id: TokenId,
        kind: EventType,
        has_actor: bool,
    ) -> Option<(&'l str, &'l str)> {
        if let Some(phrase) = self.phrases[id.index()] {
            return Some((phrase.reason.as_str(), phrase.phrase.as_str()));
        }
        let setting = &self.sentences[syntax.doc.sentence_of(id)];
        if let Some(phrase) = setting.fiction {
            return Some((phrase.reason.as_str(), phrase.phrase.as_str()));
        }
        if setting.story {
            return Some(("fiction", "set in an invented story"));
        }
        use EventType::{Agree, Assault, Coerce, Concede, Consult, Mobilize, Retreat, Support, Threaten};
        let playful = matches!(
            kind,
            Agree | Assault | Coerce | Concede | Consult | Mobilize | Retreat | Support | Threaten
        );
        if let Some(phrase) = setting.sport.filter(|_| playful) {
            return Some(("sport", phrase));
        }
        if setting.accident && kind == Assault && !has_actor {
            return Some(("accident", "a mishap kills and nobody acts"));
        }
        let clause = syntax.clause(id);
        let stands_in = |at: TokenId| syntax.path_up(at).take(10).any(|up| up == id || up == clause);
        if setting.era.iter().any(|at| stands_in(*at)) {
            return Some(("history", "set in an era long past"));
        }
        let (_, phrase) = setting.history.iter().find(|(at, _)| stands_in(*at))?;
        Some((phrase.reason.as_str(), phrase.phrase.as_str()))
    }
}
