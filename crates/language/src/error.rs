//! Errors of the language stage: each says what was wrong and where. Analysis of text itself cannot fail.

/// What can go wrong outside the text: a damaged weights file, or CoNLL-U that is not CoNLL-U.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The weights do not open with the expected magic number, header or tensor.
    #[error("model weights: {0}; rebuild `models/legation-en.bin` with `training/export.py`")]
    Weights(String),
    /// The weights' JSON header cannot be read.
    #[error("model weights: header: {0}; rebuild `models/legation-en.bin` with `training/export.py`")]
    Header(#[from] serde_json::Error),
    /// A line of CoNLL-U input.
    #[error("CoNLL-U line {line}: {what}")]
    Conllu {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
}
