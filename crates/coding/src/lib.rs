//! Reads meaning from an analysed article: who says what, and who did what to whom, where, when, under which treaty.
//!
//! The stages stand in files of their own: [`mentions`] (who and where), [`attribution`] (who says so), [`frames`] (what),
//! [`actuality`] (did it happen), [`times`], [`quantities`] and `settings` (when, how many, where, under which treaty);
//! `assemble` puts them together into a [`record::reading::Reading`]. The words they go by are data, read by [`lexicon`].
//!
//! Out of scope: parsing, which comes in as a [`record::Doc`], and anything across articles.

pub mod actuality;
mod asides;
mod assemble;
pub mod attribution;
mod chains;
mod codebook;
mod commitment;
mod confidence;
pub mod frames;
mod judged;
pub mod lexicon;
pub mod mentions;
mod nonevents;
mod parties;
mod prepositions;
pub mod quantities;
pub mod relate;
mod repair;
mod reports;
mod settings;
mod sources;
mod syntax;
pub mod times;

pub use assemble::Coder;
pub use lexicon::Lexicon;
pub use parties::Participant;
pub use syntax::{Slots, Syntax};
