//! The language stage: an [`Article`](record::Article) becomes a [`Doc`](record::Doc) with sentences, words, tags, lemmas,
//! dependencies (Universal Dependencies v2) and names. Pure Rust; the weights are part of the program.
//!
//! [`Engine`] is the whole stage. [`tokenise`] is its first half, which needs no weights; [`conllu`] reads and writes the
//! treebanks' format. The order inside: `tokenise` → `wordpiece` → `encoder` → `heads` (`tree`, `lemma`, `names`) → `Doc`.
//! How the weights are made: `training/`; what they can do: `models/MODEL_CARD.md`. Out of scope: what the words mean for
//! politics (crate `coding`), and reading files (crate `intake`).

pub mod conllu;
mod container;
mod coreference;
mod dictionary;
mod encoder;
mod engine;
mod error;
mod heads;
mod judge;
mod kernel;
mod lemma;
mod names;
mod shape;
mod statements;
pub mod tokenise;
mod tree;
mod windows;
mod wordpiece;

pub use engine::Engine;
pub use error::Error;
pub use windows::windows;
