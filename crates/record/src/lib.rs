//! The nouns of legation, shared by every stage: articles, analysed documents, and the reading that is printed.
//!
//! Two families live here. The *internal* ones ([`Article`], [`Doc`], [`Token`], [`Name`]) address text by byte
//! [`Span`]s, because that is what slicing needs. The *external* one ([`reading`]) is the stable JSON that users see;
//! its offsets are characters (Unicode scalar values), produced once, at the border, by [`CharIndex`].
//!
//! Out of scope: any I/O, any analysis. This crate depends on no other crate of the house.

mod article;
mod doc;
mod judge;
mod plover;
pub mod reading;
mod span;
mod stance;

pub use article::{Article, Dateline, Language};
pub use doc::{Chain, Doc, Features, Name, NameKind, Reference, Sentence, Token, TokenId, TokenRange, Upos};
pub use judge::{Factuality, Ground, Judge, Opinion, Report, Study};
pub use plover::{Actuality, EventType, Polarity, Quad, Sector};
pub use span::{CharIndex, Span};
pub use stance::{Certainty, Mark, Quote, Stance};
