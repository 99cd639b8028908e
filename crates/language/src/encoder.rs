//! The six-layer encoder: pieces in, one vector per word out. Mirrors `Net.encode` in `training/model.py`.
//!
//! Sentences of a batch lie one after another in one matrix without padding, so every dense layer is a single product over
//! all of them; only attention works sentence by sentence. Buffers live in [`Scratch`] and are reused from batch to batch.

use crate::Error;
use crate::container::Container;
use crate::kernel::{Grid, Linear, Norm, Rows, attend, wide};
use std::borrow::Borrow;

/// The most pieces of one sentence that the encoder sees at once; longer sentences arrive in parts.
pub(crate) const MAX_PIECES: usize = 192;

/// One sentence as the encoder takes it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Input {
    /// Wordpiece ids, from `[CLS]` to `[SEP]`.
    pub pieces: Vec<u32>,
    /// Casing class of each piece's word.
    pub shapes: Vec<u8>,
    /// Number of pieces of each word.
    pub lengths: Vec<u16>,
}

/// Working memory of one thread.
#[derive(Default)]
pub(crate) struct Scratch {
    x: Vec<f32>,
    rows: Rows,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    row: Vec<f32>,
    inner: Rows,
    out: Vec<f32>,
    grid: Grid,
}

/// An int8 table of row vectors with one scale per row, kept in that form.
struct Table {
    rows: &'static [u8],
    scale: Vec<f32>,
    width: usize,
}

impl Table {
    fn load(file: &Container, name: &str, width: usize) -> Result<Self, Error> {
        let n = file.rows(&format!("{name}.weight"));
        let rows = file.int8(&format!("{name}.weight"), &[n, width])?;
        Ok(Self { rows, scale: file.float(&format!("{name}.scale"), &[n])?, width })
    }

    #[inline(always)]
    /// Adds row `id` to `to`. An id outside the table adds nothing.
    fn add(&self, id: usize, to: &mut [f32]) {
        let (Some(row), Some(scale)) =
            (self.rows.get(id * self.width..(id + 1) * self.width), self.scale.get(id))
        else {
            return;
        };
        for (t, &b) in to.iter_mut().zip(row) {
            *t += f32::from(b as i8) * scale;
        }
    }
}

struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

/// The tables that turn pieces into the first layer's input.
struct Tables {
    words: Table,
    positions: Table,
    shapes: Vec<f32>,
    norm: Norm,
}

/// A stack of transformer layers.
pub(crate) struct Layers {
    layers: Vec<Layer>,
    hidden: usize,
    heads: usize,
}

/// The encoder's weights.
pub(crate) struct Encoder {
    tables: Tables,
    layers: Layers,
}

impl Layers {
    /// The layers of a weights file.
    pub fn load(file: &Container) -> Result<Self, Error> {
        let h = file.header.hidden;
        let layer = |i: usize| -> Result<Layer, Error> {
            let name = |part: &str| format!("layers.{i}.{part}");
            Ok(Layer {
                qkv: Linear::load(file, &name("qkv"), h, 3 * h)?,
                out: Linear::load(file, &name("out"), h, h)?,
                norm1: Norm::load(file, &name("norm1"), h)?,
                up: Linear::load(file, &name("up"), h, file.header.inner)?,
                down: Linear::load(file, &name("down"), file.header.inner, h)?,
                norm2: Norm::load(file, &name("norm2"), h)?,
            })
        };
        Ok(Self {
            layers: (0..file.header.layers).map(layer).collect::<Result<_, _>>()?,
            hidden: h,
            heads: file.header.heads,
        })
    }

    /// Takes the layers from `at` on off this stack.
    pub fn split_off(&mut self, at: usize) -> Self {
        Self { layers: self.layers.split_off(at.min(self.layers.len())), ..*self }
    }

    /// Passes the rows in `scratch.x` through all layers.
    fn apply<I: Borrow<Input>>(&self, inputs: &[I], scratch: &mut Scratch) {
        let h = self.hidden;
        let Scratch { x, rows, qkv, mixed, row, inner, out, grid } = scratch;
        let total = x.len() / h;
        mixed.resize(total * h, 0.0);
        for layer in &self.layers {
            rows.round(x, h);
            layer.qkv.apply(rows, qkv);
            let mut at = 0;
            for input in inputs {
                let end = at + input.borrow().pieces.len();
                attend(
                    &qkv[at * 3 * h..end * 3 * h],
                    end - at,
                    h,
                    self.heads,
                    grid,
                    &mut mixed[at * h..end * h],
                );
                at = end;
            }
            rows.round(&mixed[..total * h], h);
            layer.out.apply(rows, out);
            layer.norm1.apply(x, out);
            rows.round(x, h);
            layer.up.apply_gelu(rows, row, inner);
            layer.down.apply(inner, out);
            layer.norm2.apply(x, out);
        }
    }
}

impl Layers {
    /// Passes rows of pieces, as lower layers left them, through these layers; one row per `[CLS]` and word comes out.
    pub fn finish<I: Borrow<Input>>(
        &self,
        inputs: &[I],
        pieces: &[f32],
        scratch: &mut Scratch,
        words: &mut Vec<f32>,
    ) {
        scratch.x.clear();
        scratch.x.extend_from_slice(pieces);
        self.apply(inputs, scratch);
        pool(inputs, &scratch.x, self.hidden, words);
    }
}

impl Encoder {
    pub fn load(file: &Container) -> Result<Self, Error> {
        let h = file.header.hidden;
        let tables = Tables {
            words: Table::load(file, "words", h)?,
            positions: Table::load(file, "positions", h)?,
            shapes: file.float("shapes.weight", &[file.rows("shapes.weight"), h])?,
            norm: Norm::load(file, "norm", h)?,
        };
        Ok(Self { tables, layers: Layers::load(file)? })
    }

    /// Writes into `words` one row per `[CLS]` and word of each input, in order.
    pub fn encode(&self, inputs: &[Input], scratch: &mut Scratch, words: &mut Vec<f32>) {
        self.pass(&self.layers, inputs, scratch);
        pool(inputs, &scratch.x, self.layers.hidden, words);
    }

    /// Passes the inputs through other layers over the same tables, and appends a row per piece to `rows`.
    pub fn pieces_with(&self, layers: &Layers, inputs: &[Input], scratch: &mut Scratch, rows: &mut Vec<f32>) {
        self.pass(layers, inputs, scratch);
        rows.extend_from_slice(&scratch.x);
    }

    fn pass(&self, layers: &Layers, inputs: &[Input], scratch: &mut Scratch) {
        let h = layers.hidden;
        let total: usize = inputs.iter().map(|i| i.pieces.len()).sum();
        scratch.x.clear();
        scratch.x.resize(total * h, 0.0);
        let x = &mut scratch.x;
        wide(
            #[inline(always)]
            || self.tables.embed(inputs, x, h),
        );
        layers.apply(inputs, scratch);
    }
}

impl Tables {
    #[inline(always)]
    fn embed(&self, inputs: &[Input], x: &mut [f32], h: usize) {
        let mut rows = x.chunks_exact_mut(h);
        for input in inputs {
            for (position, (&piece, &shape)) in input.pieces.iter().zip(&input.shapes).enumerate() {
                let Some(row) = rows.next() else { break };
                self.words.add(piece as usize, row);
                self.positions.add(position, row);
                if let Some(add) = self.shapes.get(usize::from(shape) * h..(usize::from(shape) + 1) * h) {
                    row.iter_mut().zip(add).for_each(|(r, a)| *r += a);
                }
                self.norm.row(row);
            }
        }
    }
}

/// `[CLS]`, then the mean over each word's pieces.
fn pool<I: Borrow<Input>>(inputs: &[I], x: &[f32], h: usize, words: &mut Vec<f32>) {
    words.clear();
    let mut rows = x.chunks_exact(h);
    for input in inputs {
        words.extend_from_slice(rows.next().unwrap_or(&[]));
        for &length in &input.borrow().lengths {
            let start = words.len();
            words.extend_from_slice(rows.next().unwrap_or(&[]));
            for _ in 1..length {
                if let Some(row) = rows.next() {
                    words[start..].iter_mut().zip(row).for_each(|(w, r)| *w += r);
                }
            }
            let scale = 1.0 / f32::from(length.max(1));
            words[start..].iter_mut().for_each(|w| *w *= scale);
        }
        rows.next(); // [SEP]
    }
}
