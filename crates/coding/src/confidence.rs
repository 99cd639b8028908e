//! How sure an event is: the probability that a careful reader agrees that the words tell an act of this type.
//!
//! A logistic sum over signals that `--explain` shows. The weights (`data/lexicon/confidence.tsv`) were fitted on events that the program
//! coded in news and that readers then judged (`training/confidence.py`).
//!
//! Out of scope: whether the act took place ([`crate::actuality`]) and whether the sides are right.

use crate::{frames::Match, judged::Second, lexicon::Lexicon, parties::Participant};
use record::{Actuality, EventType, Ground, Polarity, TokenId, Upos, reading::Event};

/// An event less likely than this is left out, and noted. Of those that readers judged, three in four of such were none.
pub(crate) const LEAST: f32 = 0.25;

/// The signals of one event.
pub(crate) struct Signals(Vec<(String, f32)>);

/// Log-odds, within ±3.9.
fn odds(p: f32) -> f32 {
    ((p + 0.02) / (1.02 - p)).ln()
}

impl Signals {
    /// `alone`: the judge's probability, where only the judge sees the event. `upos` gives a word's part of speech.
    pub fn of(
        event: &Event,
        found: &Match<'_>,
        ground: Option<&Ground>,
        second: Option<&Second>,
        alone: Option<f32>,
        upos: impl Fn(TokenId) -> Upos,
    ) -> Self {
        let mut signals = vec![("base".to_owned(), 1.0)];
        let mut set = |name: &str, value: f32| signals.push((name.to_owned(), value));
        let mut flag = |name: &str, holds: bool| {
            if holds {
                set(name, 1.0);
            }
        };
        let known = |p: &Participant| p.actor.country.is_some() || p.actor.body.is_some();
        let pronoun = |p: &Participant| p.tokens.len() == 1 && upos(TokenId(p.tokens.start)) == Upos::Pron;
        for (side, participants) in [("actor", &found.actors), ("recipient", &found.recipients)] {
            flag(side, !participants.is_empty());
            flag(&format!("{side}.known"), participants.iter().any(known));
            flag(&format!("{side}.pronoun"), participants.iter().any(pronoun));
        }
        use Actuality::{
            Conditional, Generic, Historical, Planned, Possible, Promised, Requested, Threatened,
        };
        flag("open", matches!(event.actuality, Planned | Promised | Threatened | Requested));
        flag("possible", matches!(event.actuality, Possible | Conditional));
        flag("historical", event.actuality == Historical);
        flag("generic", event.actuality == Generic);
        flag("negative", event.polarity == Polarity::Negative);
        flag("noun", found.form == "noun");
        flag("adjective", found.form == "adjective");
        flag(&format!("type.{}", event.kind.as_str()), true);
        if let Some(ground) = ground {
            let at = EventType::ALL.iter().position(|kind| *kind == event.kind);
            set("told", odds(at.map_or(0.0, |at| ground.types[at])));
            set("real", odds(ground.real));
        }
        if let Some(second) = second {
            set("pair", 1.0);
            set("pair.type", odds(second.of_final));
            set("pair.none", odds(second.none));
        }
        if let Some(sure) = alone {
            set("alone", 1.0);
            set("alone.type", odds(sure));
        }
        Self(signals)
    }

    /// The confidence, 0 to 1.
    pub fn confidence(&self, lexicon: &Lexicon) -> f32 {
        let sum: f32 = self.0.iter().map(|(name, value)| value * lexicon.confidence.of(name)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    /// For `--explain`: each signal's value and weight.
    pub fn why(&self, lexicon: &Lexicon) -> String {
        let terms: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name} {value:.2} × {:.2}", lexicon.confidence.of(name)))
            .collect();
        format!("confidence {:.2}: {}", self.confidence(lexicon), terms.join(", "))
    }
}
