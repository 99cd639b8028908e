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
mod layers;

pub use batch::ordered;
pub use coding::lexicon::Problem as LexiconProblem;
pub use coding::relate::{Marked, Relation};
pub use coding::{Coder, Lexicon};
pub use language::conllu;
pub use layers::Layers;

use atlas::Atlas;
use coding::relate;
use record::{
    Actuality, Article, Doc, Judge as _, Opinion, Polarity, TokenRange,
    reading::{Note, Reading, Versions},
};
use std::ops::Range;

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
        Ok(Self::with_layers(&Layers::default())?.0)
    }

    /// Loads what ships with the program and a user's layers over it, with what is wrong in the layers: a broken entry is
    /// left out, the rest works. Without layers this is [`Legation::new`].
    pub fn with_layers(layers: &Layers) -> Result<(Self, Vec<LexiconProblem>), Error> {
        // The three loads share nothing; the model's is the longest.
        let (language, knowledge) = std::thread::scope(|scope| {
            let language = scope.spawn(language::Engine::embedded);
            let lexicon = scope.spawn(|| layers.lexicon());
            let atlas = layers.atlas();
            let joined = (join(language), join(lexicon));
            (joined.0, atlas.map(|atlas| (joined.1, atlas)))
        });
        let language = language?;
        let ((lexicon, mut problems), (atlas, more)) = knowledge?;
        problems.extend(more);
        let agencies = atlas
            .outlets()
            .iter()
            .filter(|outlet| outlet.kind == "agency")
            .flat_map(|outlet| std::iter::once(&outlet.name).chain(&outlet.names))
            .cloned()
            .collect();
        Ok((Self { language, lexicon, atlas, agencies }, problems))
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
        let mut reading = coder.read(&doc, explain, &furniture, Some(&self.language));
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

    /// What the marked source of each sentence (`<s>…</s>`) does to the marked target (`<t>…</t>`).
    ///
    /// The judge reads all sentences; where it is not sure, or `thorough` is set, the lexicon reads the sentence as well.
    pub fn relate(&self, marked: &[&str], thorough: bool) -> Vec<Relation> {
        let marked: Vec<Marked> = marked.iter().map(|sentence| Marked::read(sentence)).collect();
        // All sentences become one document, so that the judge can take them in batches.
        let mut text = String::new();
        let mut starts = Vec::with_capacity(marked.len());
        for sentence in &marked {
            starts.push(text.len());
            text.push_str(&sentence.text);
            text.push_str("\n\n");
        }
        let doc = language::Engine::cut(Article { text, ..Article::default() });
        let within = |span: Range<usize>| {
            let start = doc.tokens.partition_point(|t| t.span.end as usize <= span.start);
            let end = doc.tokens.partition_point(|t| (t.span.start as usize) < span.end);
            TokenRange::new(start, end.max(start))
        };
        let mut stretches = Vec::with_capacity(marked.len());
        let mut pairs = Vec::with_capacity(marked.len());
        for (sentence, start) in marked.iter().zip(&starts) {
            let whole = within(*start..start + sentence.text.len());
            let side = |spans: &[Range<usize>]| {
                let none = TokenRange { start: whole.start, end: whole.start };
                spans.first().map_or(none, |span| within(start + span.start..start + span.end))
            };
            pairs.push((side(&sentence.source), side(&sentence.target)));
            stretches.push(whole);
        }
        let opinions = self.language.study(&doc, &stretches).pairs(&pairs);
        let decide = |(sentence, opinion): (&Marked, &Option<Opinion>)| {
            let sure = opinion.as_ref().is_some_and(relate::is_sure);
            let reading = (thorough || !sure).then(|| {
                let article = Article { text: sentence.text.clone(), ..Article::default() };
                // The judge has had its say.
                let doc = self.language.analyse(article);
                Coder::new(&self.lexicon, &self.atlas).read(&doc, false, &[], None)
            });
            relate::relation(sentence, opinion.as_ref(), reading.as_ref())
        };
        marked.iter().zip(&opinions).map(decide).collect()
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
        Coder::new(&self.lexicon, &self.atlas).realities(doc, Some(&self.language))
    }
}

fn join<T>(thread: std::thread::ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
