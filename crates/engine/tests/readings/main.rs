//! Readings of the articles under `cases/`: what an analyst expects, and what must not be read.

mod atlas;
mod cases;
mod expect;
mod probes;
mod statements;
