//! The atlas: standing facts about the world, and how to look them up.
//!
//! The facts are tables under `data/atlas/`, compiled into the program. This crate reads them and answers questions:
//! what may *Georgia* stand for, who was foreign minister of Iran on a day, which towns are called Tripoli, what kind
//! of actor is a *coast guard*. It keeps every candidate; choosing among them needs the article and is `coding`'s work.
//!
//! Out of scope: text analysis. Names are matched against words as the tokeniser cut them.
//!
//! ```
//! let atlas = atlas::Atlas::embedded()?;
//! let words = ["the", "Kremlin", "said"];
//! let found = atlas.match_at(&words, 1);
//! assert!(matches!(found.first(), Some((1, atlas::Entry::Seat(state, _))) if state.iso3 == "RUS"));
//! # Ok::<(), atlas::Error>(())
//! ```

mod agents;
mod bodies;
mod common;
mod compiled;
mod disputes;
mod entry;
mod gazetteer;
mod groups;
mod index;
pub mod key;
mod layer;
mod leaders;
mod lint;
mod load;
mod lookup;
mod outlets;
mod people;
mod period;
#[allow(clippy::len_without_is_empty)]
mod place_index;
mod problem;
mod regions;
mod services;
mod shorts;
mod states;
mod table;
mod treaties;
mod units;

pub use agents::Agent;
pub use bodies::{Body, Member};
pub use compiled::{Built, compile};
pub use disputes::Dispute;
pub use entry::Entry;
pub use gazetteer::Place;
pub use groups::Group;
pub use layer::{LayerFile, is_table, table_names};
pub use leaders::{Office, Tenure};
pub use lint::{lint, lint_layers, lint_tables};
pub use load::{Atlas, shipped_rows};
pub use outlets::Outlet;
pub use people::{Holding, Person, Standing};
pub use period::Period;
pub use problem::{Error, Problem};
pub use regions::Region;
pub use services::Service;
pub use shorts::Short;
pub use states::{NameOrder, Seat, State, Status};
pub use treaties::Treaty;
pub use units::Unit;
