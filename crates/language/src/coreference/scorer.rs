//! The weights that judge a mention and its candidates: a table of slots and the projected vectors of the two heads, one hidden
//! layer. Mirrors `training/coreference.py`. The parts of the first layer that hang on one mention are computed once.

use super::mentions::Mention;
use super::pairs::{ALONE, PAIR};
use crate::Error;
use crate::container::Container;

/// See the module.
pub(crate) struct Scorer {
    alone: Side,
    pair: Side,
    width: usize,
    hidden: usize,
    /// `[width, hidden]` each: what the mention, the candidate and their product add.
    own: Vec<f32>,
    new: Vec<f32>,
    other: Vec<f32>,
    both: Vec<f32>,
}

/// Slots to hidden layer to score.
struct Side {
    table: Vec<f32>,
    bias: Vec<f32>,
    out: Vec<f32>,
    shift: f32,
}

/// What each mention adds to the first layer, in each part it may play.
pub(crate) struct Prepared<'v> {
    vectors: Vec<&'v [f32]>,
    own: Vec<f32>,
    new: Vec<f32>,
    other: Vec<f32>,
}

impl Scorer {
    pub fn load(file: &Container) -> Result<Self, Error> {
        let shape = file.shape("coref.both.weight");
        let (width, hidden) = match shape {
            [w, h] => (*w, *h),
            _ => return Err(Error::Weights("tensor coref.both.weight: missing".into())),
        };
        let side = |name: &str, slots: usize| -> Result<Side, Error> {
            Ok(Side {
                table: file.float(&format!("coref.{name}.table"), &[slots, hidden])?,
                bias: file.float(&format!("coref.{name}.bias"), &[hidden])?,
                out: file.float(&format!("coref.{name}.out"), &[hidden])?,
                shift: file.float(&format!("coref.{name}.shift"), &[1])?[0],
            })
        };
        let matrix = |name: &str| file.float(&format!("coref.{name}.weight"), &[width, hidden]);
        Ok(Self {
            alone: side("alone", ALONE)?,
            pair: side("pair", PAIR)?,
            width,
            hidden,
            own: matrix("own")?,
            new: matrix("new")?,
            other: matrix("other")?,
            both: matrix("both")?,
        })
    }

    pub fn prepare<'v>(&self, mentions: &[Mention], vectors: &'v [f32]) -> Prepared<'v> {
        let rows: Vec<&[f32]> = mentions
            .iter()
            .map(|m| &vectors[m.head.index() * self.width..(m.head.index() + 1) * self.width])
            .collect();
        let all = |matrix: &[f32]| {
            let mut out = vec![0.0; rows.len() * self.hidden];
            for (row, to) in rows.iter().zip(out.chunks_exact_mut(self.hidden)) {
                add_product(row.iter().copied(), matrix, to);
            }
            out
        };
        Prepared { own: all(&self.own), new: all(&self.new), other: all(&self.other), vectors: rows }
    }

    fn row<'p>(&self, of: &'p [f32], at: usize) -> &'p [f32] {
        &of[at * self.hidden..(at + 1) * self.hidden]
    }

    /// The score of a mention's being new.
    pub fn alone(&self, prepared: &Prepared<'_>, at: usize, slots: &[u16]) -> f32 {
        let mut hidden = self.alone.bias.clone();
        add(&mut hidden, self.row(&prepared.new, at));
        self.alone.score(hidden, slots, self.hidden)
    }

    /// The score of a mention's speaking of the same as a candidate.
    pub fn pair(&self, prepared: &Prepared<'_>, at: usize, candidate: usize, slots: &[u16]) -> f32 {
        let mut hidden = self.pair.bias.clone();
        add(&mut hidden, self.row(&prepared.own, at));
        add(&mut hidden, self.row(&prepared.other, candidate));
        let product = prepared.vectors[at].iter().zip(prepared.vectors[candidate]).map(|(a, b)| a * b);
        add_product(product, &self.both, &mut hidden);
        self.pair.score(hidden, slots, self.hidden)
    }
}

impl Side {
    fn score(&self, mut hidden: Vec<f32>, slots: &[u16], width: usize) -> f32 {
        for slot in slots {
            let from = usize::from(*slot) * width;
            if let Some(row) = self.table.get(from..from + width) {
                add(&mut hidden, row);
            }
        }
        self.shift + hidden.iter().zip(&self.out).map(|(h, o)| h.max(0.0) * o).sum::<f32>()
    }
}

fn add(to: &mut [f32], from: &[f32]) {
    to.iter_mut().zip(from).for_each(|(t, f)| *t += f);
}

fn add_product(row: impl Iterator<Item = f32>, matrix: &[f32], to: &mut [f32]) {
    for (v, line) in row.zip(matrix.chunks_exact(to.len())) {
        to.iter_mut().zip(line).for_each(|(t, m)| *t += v * m);
    }
}
