//! The order of the stages, written once.
//!
//! ```text
//! bytes ─► intake ─► Article ─► language ─► Doc ─► coding ─► Reading
//!                                             ▲
//!                              data/ (lexicon, atlas)
//! ```
//!
//! [`Legation`] holds what every reading needs and can be shared between threads; [`ordered`] runs many articles over all
//! cores and hands the results back in the order in which the articles came.
//!
//! Out of scope: reading files (`intake`), printing (`app`).

mod batch;

pub use batch::ordered;
pub use coding::lexicon::Problem as LexiconProblem;
pub use coding::{Coder, Lexicon};
pub use language::conllu;

use atlas::Atlas;
use record::{
    Actuality, Article, Doc, Polarity,
    reading::{Note, Reading, Versions},
};

/// Why the program cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The weights in the program are damaged.
    #[error("the language model cannot be loaded: {0}")]
    Language(#[from] language::Error),
    /// The atlas in the program is damaged.
    #[error("the atlas cannot be loaded: {0}")]
    Atlas(#[from] atlas::Error),
}

/// Everything needed to read articles. Loading takes a few hundredths of a second; keep one.
pub struct Legation {
    language: language::Engine,
    lexicon: Lexicon,
    atlas: Atlas,
    agencies: Vec<String>,
}

impl Legation {
    /// Loads the model, the lexicon and the atlas that ship with the program.
    pub fn new() -> Result<Self, Error> {
        // The three loads share nothing; the model's is the longest.
        let (language, knowledge) = std::thread::scope(|scope| {
            let language = scope.spawn(language::Engine::embedded);
            let lexicon = scope.spawn(|| Lexicon::embedded().0);
            let atlas = Atlas::embedded();
            let joined = (join(language), join(lexicon));
            (joined.0, atlas.map(|atlas| (joined.1, atlas)))
        });
        let language = language?;
        let (lexicon, atlas) = knowledge?;
        let agencies = atlas
            .outlets()
            .iter()
            .filter(|outlet| outlet.kind == "agency")
            .flat_map(|outlet| std::iter::once(&outlet.name).chain(&outlet.names))
            .cloned()
            .collect();
        Ok(Self { language, lexicon, atlas, agencies })
    }

    /// The lexicon in use.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The atlas in use.
    pub fn atlas(&self) -> &Atlas {
        &self.atlas
    }

    /// The model's name and version.
    pub fn model(&self) -> &str {
        self.language.version()
    }

    /// Reads one article. A text that is not English comes back without events and with a note.
    pub fn read(&self, mut article: Article, explain: bool) -> Reading {
        let coder = Coder::new(&self.lexicon, &self.atlas);
        let readable = article.language.is_readable();
        let mut furniture = Vec::new();
        let doc = if readable {
            let agencies: Vec<&str> = self.agencies.iter().map(String::as_str).collect();
            intake::datelines(&mut article, &agencies);
            furniture.extend(intake::credit_lines(&article, &agencies).into_iter().map(|line| line.span));
            self.language.analyse(article)
        } else {
            Doc { article, ..Doc::default() }
        };
        let mut reading = coder.read(&doc, explain, &furniture);
        if !readable {
            reading.notes.push(Note {
                code: "N-language".into(),
                text: format!("the text is not English ({}) and was not coded", doc.article.language.0),
                at: None,
            });
        }
        let Versions { lexicon, atlas, .. } = reading.versions;
        reading.versions = Versions {
            legation: env!("CARGO_PKG_VERSION").to_owned(),
            model: self.language.version().to_owned(),
            lexicon,
            atlas,
        };
        reading
    }

    /// Analyses one article without coding it.
    pub fn analyse(&self, article: Article) -> Doc {
        self.language.analyse(article)
    }

    /// Analyses sentences that are already cut into words.
    pub fn analyse_words(&self, sentences: Vec<Vec<String>>) -> Doc {
        self.language.analyse_words(sentences)
    }

    /// Actuality and polarity of every verbal predicate and event-naming noun of a document, by word.
    pub fn realities(&self, doc: &Doc) -> Vec<Option<(Actuality, Polarity)>> {
        Coder::new(&self.lexicon, &self.atlas).realities(doc)
    }
}

fn join<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
