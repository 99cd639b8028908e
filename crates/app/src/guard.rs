//! The last defence: a fault of the program costs one article, never the run.
//!
//! Nothing here is meant to be needed. Where it is, the reading says so in a note, and the note is worth a bug report.

use engine::Legation;
use record::{
    Article,
    reading::{ArticleInfo, Note, Reading, SCHEMA, Versions},
};
use std::{cell::RefCell, panic};

thread_local! {
    /// `Some` while an article is under guard; holds where the fault was.
    static FAULT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Code of the note that a failed article carries.
pub const FAILED: &str = "N-internal";

/// Makes faults under guard silent. Called once, first thing.
pub fn install() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let guarded = FAULT.with_borrow_mut(|fault| {
            fault.as_mut().map(|fault| {
                *fault =
                    info.location().map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
            })
        });
        if guarded.is_none() {
            usual(info);
        }
    }));
}

/// Runs `work`; where it panics, `Err` says where in the source.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    FAULT.set(Some(String::new()));
    let result = panic::catch_unwind(panic::AssertUnwindSafe(work));
    let place = FAULT.take().unwrap_or_default();
    result.map_err(|_| place)
}

/// Reads one article, whatever happens.
pub fn read(legation: &Legation, article: Article, explain: bool) -> Reading {
    let kept = article.clone();
    guarded(|| legation.read(article, explain)).unwrap_or_else(|place| failed(legation, kept, &place))
}

/// Whether the program failed on this article.
pub fn has_failed(reading: &Reading) -> bool {
    reading.notes.iter().any(|note| note.code == FAILED)
}

fn failed(legation: &Legation, article: Article, place: &str) -> Reading {
    let text = format!("the program failed on this article at {place} and did not code it; please report it");
    Reading {
        schema: SCHEMA,
        article: ArticleInfo {
            id: article.id,
            outlet: article.outlet,
            title: article.title,
            published: article.published,
            url: article.url,
            language: article.language.0,
            credit: article.credit,
            text: article.text,
        },
        sentences: Vec::new(),
        mentions: Vec::new(),
        statements: Vec::new(),
        events: Vec::new(),
        notes: vec![Note { code: FAILED.into(), text, at: None }],
        versions: Versions {
            legation: env!("CARGO_PKG_VERSION").into(),
            model: legation.model().into(),
            lexicon: legation.lexicon().version().into(),
            atlas: legation.atlas().version().into(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_caught_and_placed() {
        install();
        let place = guarded(|| panic!("a fault")).map(|()| String::new());
        assert!(place.is_err_and(|place| place.contains("guard.rs")));
        assert_eq!(guarded(|| 7), Ok(7));
    }
}
