//! The lexicon: what words name events, report, negate and hedge. Read from `data/lexicon`, linted with file and line.
//!
//! Out of scope: matching. A frame here is data; [`crate::frames`] finds it in a sentence.

mod actor_codes;
mod actuality;
mod basis;
mod cameo;
mod classes;
mod confidence;
mod cues;
mod files;
mod frame;
mod light;
mod marks;
mod nonevents;
pub mod petrarch;
mod phrase;
mod problem;
mod quantities;
mod table;

pub use actor_codes::{ActorCode, ActorCodes};
pub use actuality::{Effect, Operator, OperatorPos, Operators};
pub use basis::BasisWords;
pub use cameo::{CameoCode, CameoCodes};
pub use classes::Classes;
pub use confidence::{ConfidenceWeights, SIGNALS};
pub use cues::{Content, Cue, CuePos, Cues};
pub use files::{file_names, is_file};
pub use frame::{Filler, Frame, FrameId, Frames, Slot, SlotTest};
pub use light::{Aspect, LightVerbs};
pub use marks::{MarkPhrase, Marks, Sign, Where};
pub use nonevents::{NonEvent, NonEvents};
pub use problem::Problem;
pub use quantities::QuantityWords;

use atlas::LayerFile;
use files::Files;

/// Everything the coding stage knows about words.
#[derive(Debug)]
pub struct Lexicon {
    /// Semantic classes of nouns.
    pub classes: Classes,
    /// Meanings that name events.
    pub frames: Frames,
    /// Verbs that hand their subject to an eventive object.
    pub light: LightVerbs,
    /// Words that report.
    pub cues: Cues,
    /// Words that tell how sure a source is, and what else is to be marked.
    pub marks: Marks,
    /// Words that decide whether what they govern took place.
    pub operators: Operators,
    /// Phrases that only look like events.
    pub nonevents: NonEvents,
    /// Words that lead from an act to the treaty it rests on.
    pub basis: BasisWords,
    /// What the signals of an event's confidence weigh.
    pub confidence: ConfidenceWeights,
    /// What counted nouns count.
    pub quantities: QuantityWords,
    /// CAMEO codes with their type and intensity.
    pub cameo: CameoCodes,
    /// What the parts of CAMEO actor codes stand for.
    pub actor_codes: ActorCodes,
    version: String,
}

impl Lexicon {
    /// The lexicon that ships with the program, and every problem found in it (none, in a release).
    pub fn embedded() -> (Self, Vec<Problem>) {
        Self::with_layers(&[])
    }

    /// The shipped lexicon with a user's layers over it, which must be in their order, and every problem found. Entries
    /// with the key of an earlier layer's entry take its place, others are added (`data/README.md`); a broken entry is left
    /// out and told. Files that the lexicon does not read are passed over.
    pub fn with_layers(layers: &[LayerFile]) -> (Self, Vec<Problem>) {
        let files = Files::new(layers);
        let mut problems = Vec::new();
        let classes = Classes::read(&files, &mut problems);
        let cameo = CameoCodes::read(&files, &mut problems);
        let frames = Frames::read(&files, &classes, &cameo, &mut problems);
        let lexicon = Self {
            light: LightVerbs::read(&files, &mut problems),
            cues: Cues::read(&files, &mut problems),
            marks: Marks::read(&files, &mut problems),
            operators: Operators::read(&files, &mut problems),
            nonevents: NonEvents::read(&files, &mut problems),
            basis: BasisWords::read(&files, &mut problems),
            confidence: ConfidenceWeights::read(&files, &mut problems),
            quantities: QuantityWords::read(&files, &mut problems),
            actor_codes: ActorCodes::read(&files, &mut problems),
            version: files.version(),
            classes,
            frames,
            cameo,
        };
        (lexicon, problems)
    }

    /// Whether a noun is a word for something said: a text, a claim, a demand.
    pub fn is_words(&self, noun: &str) -> bool {
        ["document", "claim", "criticism", "demand"].iter().any(|class| self.classes.has(class, noun))
    }

    /// A fingerprint of the lexicon's contents.
    pub fn version(&self) -> &str {
        &self.version
    }
}
