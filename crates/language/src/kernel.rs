//! The arithmetic under the encoder: products of 8-bit integers, layer norm, GELU, softmax, attention.
//!
//! Dense layers multiply integers: each row of activations is rounded to 129 steps between its least and greatest value
//! (7 bits, so that no processor's instruction can overflow on the way), weights are 8-bit as stored. All else is plain
//! loops over `f32` in a fixed order of operations, compiled once per vector width ([`wide`]). So a text reads the same to
//! the last bit on every processor. Everything that decides speed is in this file.

use crate::Error;
use crate::container::Container;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;
use std::sync::Once;

/// Greatest value of a quantised activation, less one for rounding: two neighbours times two weights stay within 16 bits.
const STEPS: f32 = 127.0;

type Executor = GemmExecutor<u8, i8, i32>;

/// Runs `work` with the integer product for this processor.
///
/// The library splits a product over rayon's threads; here threads are spent across articles, so the pool is told to have one.
/// Where a host program has built the pool already, its choice stands: the result is the same.
fn with_executor<R>(work: impl FnOnce(&Executor) -> R) -> R {
    static POOL: Once = Once::new();
    thread_local!(static EXECUTOR: Executor = Executor::new());
    POOL.call_once(|| drop(rayon::ThreadPoolBuilder::new().num_threads(1).build_global()));
    EXECUTOR.with(work)
}

struct Wide<F>(F);

impl<R, F: FnOnce() -> R> SimdOp for Wide<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}

/// Runs a loop as compiled for the widest vectors this processor has. `work` must be inlined to gain from it.
#[inline(always)]
pub(crate) fn wide<R>(work: impl FnOnce() -> R) -> R {
    Wide(work).dispatch()
}

/// Rows of activations rounded to integers: `value = scale * (code - zero)`.
#[derive(Default)]
pub(crate) struct Rows {
    codes: Vec<u8>,
    scale: Vec<f32>,
    zero: Vec<u8>,
    /// What the integer product leaves.
    product: Vec<i32>,
}

impl Rows {
    /// Empties the rows and makes room for `rows` of `width`.
    fn reset(&mut self, rows: usize, width: usize) {
        self.codes.resize(rows * width, 0);
        self.scale.resize(rows, 0.0);
        self.zero.resize(rows, 0);
    }

    /// Takes over `x`, rows of `width`.
    pub fn round(&mut self, x: &[f32], width: usize) {
        self.reset(x.len() / width, width);
        wide(
            #[inline(always)]
            || {
                let rows = x.chunks_exact(width).zip(self.codes.chunks_exact_mut(width));
                for ((row, codes), (scale, zero)) in rows.zip(self.scale.iter_mut().zip(&mut self.zero)) {
                    (*scale, *zero) = round_row(row, codes);
                }
            },
        );
    }
}

#[inline(always)]
fn round_row(row: &[f32], codes: &mut [u8]) -> (f32, u8) {
    let (mut low, mut high) = ([0.0f32; 16], [0.0f32; 16]);
    let chunks = row.chunks_exact(16);
    for v in chunks.remainder() {
        low[0] = if *v < low[0] { *v } else { low[0] };
        high[0] = if *v > high[0] { *v } else { high[0] };
    }
    for chunk in chunks {
        for ((l, h), v) in low.iter_mut().zip(&mut high).zip(chunk) {
            *l = if *v < *l { *v } else { *l };
            *h = if *v > *h { *v } else { *h };
        }
    }
    let low = low.iter().fold(0.0f32, |a, b| a.min(*b));
    let high = high.iter().fold(0.0f32, |a, b| a.max(*b));
    let scale = ((high - low) / STEPS).max(1e-12);
    let inverse = 1.0 / scale;
    let zero = nearest(-low * inverse);
    let shift = MAGIC + zero;
    for (code, v) in codes.iter_mut().zip(row) {
        *code = (v * inverse + shift).to_bits() as u8;
    }
    (scale, zero as i32 as u8)
}

/// Added to a value of moderate size, this leaves its nearest whole number in the low bits, in a form that becomes vector code.
const MAGIC: f32 = 12_582_912.0;

/// The nearest whole number of a value well inside the range of `i32`.
#[inline(always)]
fn nearest(x: f32) -> f32 {
    (x + MAGIC) - MAGIC
}

/// A dense layer of 8-bit weights with one scale per output.
pub(crate) struct Linear {
    weight: PackedBMatrix<i8>,
    /// Sum of the weights of each output, to take the rows' zero out of the product. (The library's own zero points, as of 0.27,
    /// are right for the first few rows only.)
    sums: Vec<i32>,
    scale: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    pub outputs: usize,
}

impl Linear {
    pub fn load(file: &Container, name: &str, inputs: usize, outputs: usize) -> Result<Self, Error> {
        let weight: Vec<i8> =
            file.int8(&format!("{name}.weight"), &[inputs, outputs])?.iter().map(|b| *b as i8).collect();
        let scale = file.float(&format!("{name}.scale"), &[outputs])?;
        let bias = file.float(&format!("{name}.bias"), &[outputs])?;
        Ok(Self::new(&weight, scale, bias, inputs))
    }

    /// `weight` holds a row of outputs for each input.
    fn new(weight: &[i8], scale: Vec<f32>, bias: Vec<f32>, inputs: usize) -> Self {
        let outputs = scale.len();
        let mut sums = vec![0; outputs];
        for row in weight.chunks_exact(outputs) {
            sums.iter_mut().zip(row).for_each(|(s, w)| *s += i32::from(*w));
        }
        let weight = with_executor(|e| e.prepack_b(NdTensorView::from_data([inputs, outputs], weight)));
        Self { weight, sums, scale, bias, inputs, outputs }
    }

    fn multiply(&self, x: &mut Rows) {
        let rows = x.scale.len();
        x.product.resize(rows * self.outputs, 0);
        let a = NdTensorView::from_data([rows, self.inputs], &x.codes[..rows * self.inputs]);
        let (a, b) = (GemmInputA::Unpacked(a), GemmInputB::Packed(&self.weight));
        let done = with_executor(|e| e.gemm(&mut x.product, a, b, GemmOptions::default()));
        debug_assert!(done.is_ok(), "{done:?}");
    }

    #[inline(always)]
    fn finish(&self, product: &[i32], scale: f32, zero: u8, out: &mut [f32]) {
        let columns = self.sums.iter().zip(&self.scale).zip(&self.bias);
        for ((o, p), ((sum, s), b)) in out.iter_mut().zip(product).zip(columns) {
            *o = (*p - i32::from(zero) * sum) as f32 * (scale * *s) + *b;
        }
    }

    /// `out = x · W + b` for each row of `x`; `out` is resized.
    pub fn apply(&self, x: &mut Rows, out: &mut Vec<f32>) {
        self.multiply(x);
        out.resize(x.scale.len() * self.outputs, 0.0);
        wide(
            #[inline(always)]
            || {
                let rows = out.chunks_exact_mut(self.outputs).zip(x.product.chunks_exact(self.outputs));
                for ((out, product), (scale, zero)) in rows.zip(x.scale.iter().zip(&x.zero)) {
                    self.finish(product, *scale, *zero, out);
                }
            },
        );
    }

    /// `out = gelu(x · W + b)`, rounded for the next layer; `row` is working memory.
    pub fn apply_gelu(&self, x: &mut Rows, row: &mut Vec<f32>, out: &mut Rows) {
        self.multiply(x);
        row.resize(self.outputs, 0.0);
        out.reset(x.scale.len(), self.outputs);
        wide(
            #[inline(always)]
            || {
                let rows = x.product.chunks_exact(self.outputs).zip(out.codes.chunks_exact_mut(self.outputs));
                let given = x.scale.iter().zip(&x.zero);
                for ((product, codes), ((from, at), (scale, zero))) in
                    rows.zip(given.zip(out.scale.iter_mut().zip(&mut out.zero)))
                {
                    self.finish(product, *from, *at, row);
                    for v in row.iter_mut() {
                        *v = gelu(*v);
                    }
                    (*scale, *zero) = round_row(row, codes);
                }
            },
        );
    }
}

/// Layer normalisation over rows.
pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    pub fn load(file: &Container, name: &str, width: usize) -> Result<Self, Error> {
        let part = |p: &str| file.float(&format!("{name}.{p}"), &[width]);
        Ok(Self { weight: part("weight")?, bias: part("bias")? })
    }

    /// Normalises each row of `x` in place, after adding the same row of `residual`.
    pub fn apply(&self, x: &mut [f32], residual: &[f32]) {
        let width = self.weight.len();
        wide(
            #[inline(always)]
            || {
                for (row, add) in x.chunks_exact_mut(width).zip(residual.chunks_exact(width)) {
                    for (v, a) in row.iter_mut().zip(add) {
                        *v += a;
                    }
                    self.row(row);
                }
            },
        );
    }

    /// Normalises one row in place.
    #[inline(always)]
    pub fn row(&self, row: &mut [f32]) {
        let n = row.len() as f32;
        let mean = sum(row) / n;
        for v in row.iter_mut() {
            *v -= mean;
        }
        let variance = dot(row, row) / n;
        let factor = 1.0 / (variance + 1e-12).sqrt();
        for ((v, w), b) in row.iter_mut().zip(&self.weight).zip(&self.bias) {
            *v = *v * factor * w + b;
        }
    }
}

/// Sum with sixteen running totals, which the compiler turns into vector code and which rounds the same everywhere.
#[inline(always)]
fn sum(x: &[f32]) -> f32 {
    let mut part = [0.0f32; 16];
    let chunks = x.chunks_exact(16);
    let rest: f32 = chunks.remainder().iter().sum();
    for c in chunks {
        for (p, v) in part.iter_mut().zip(c) {
            *p += v;
        }
    }
    part.iter().sum::<f32>() + rest
}

/// Inner product of two slices of equal length.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut part = [0.0f32; 16];
    let (ca, cb) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = ca.remainder().iter().zip(cb.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in ca.zip(cb) {
        for ((p, v), w) in part.iter_mut().zip(x).zip(y) {
            *p += v * w;
        }
    }
    part.iter().sum::<f32>() + rest
}

/// `e^x` to about 1e-7 relative, without a library call, so that loops over it become vector code (Cephes `expf`).
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 87.0 { 87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + MAGIC;
    let n = shifted - MAGIC;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = ((((1.987_569_2e-4 * r + 1.398_199_9e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r
        + 1.666_666_5e-1)
        * r
        + 0.5;
    let y = p * r * r + r + 1.0;
    y * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23))
}

/// GELU in its tanh form.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let u = 1.595_769 * (x + 0.044_715 * x * x * x);
    x / (1.0 + exp(-u))
}

/// Leaky ReLU with slope 0.1 below zero, in place.
pub(crate) fn leaky(x: &mut [f32]) {
    wide(
        #[inline(always)]
        || {
            for v in x {
                *v = if *v < 0.0 { 0.1 * *v } else { *v };
            }
        },
    );
}

/// Softmax over one row, in place.
#[inline(always)]
pub(crate) fn softmax(row: &mut [f32]) {
    let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for v in row.iter_mut() {
        *v = exp(*v - top);
    }
    let scale = 1.0 / sum(row);
    for v in row.iter_mut() {
        *v *= scale;
    }
}

/// Columns and rows of the blocks that [`block`] keeps in registers.
const LANES: usize = 16;
const BLOCK: usize = 4;

/// Working memory of [`attend`] and [`scores`].
#[derive(Default)]
pub(crate) struct Grid {
    turned: Vec<f32>,
    rows: Vec<f32>,
}

impl Grid {
    /// Lays out `rows` rows of `width`, each at `stride` from the last, column by column; returns the padded number of rows.
    #[inline(always)]
    fn turn(&mut self, from: &[f32], rows: usize, width: usize, stride: usize) -> usize {
        let padded = rows.next_multiple_of(LANES);
        self.turned.resize(width * padded, 0.0);
        for (j, row) in from.chunks(stride).take(rows).enumerate() {
            for (column, v) in self.turned.chunks_exact_mut(padded).zip(&row[..width]) {
                column[j] = *v;
            }
        }
        for column in self.turned.chunks_exact_mut(padded) {
            column[rows..].fill(0.0);
        }
        self.rows.resize(BLOCK * padded, 0.0);
        padded
    }

    /// Products of `BLOCK` rows with all rows that were turned, into `rows`.
    #[inline(always)]
    fn products(&mut self, given: [&[f32]; BLOCK], padded: usize) {
        for at in (0..padded).step_by(LANES) {
            let sums = block(given, &self.turned[at..], padded);
            for (row, sum) in self.rows.chunks_exact_mut(padded).zip(&sums) {
                row[at..at + LANES].copy_from_slice(sum);
            }
        }
    }
}

/// `BLOCK` rows times `LANES` columns of a matrix with `stride` between its rows.
#[inline(always)]
fn block(given: [&[f32]; BLOCK], matrix: &[f32], stride: usize) -> [[f32; LANES]; BLOCK] {
    let mut sums = [[0.0f32; LANES]; BLOCK];
    let [a, b, c, d] = given;
    for ((((line, a), b), c), d) in matrix.chunks(stride).zip(a).zip(b).zip(c).zip(d) {
        let Some(line) = line.first_chunk::<LANES>() else { break };
        for (sum, v) in sums.iter_mut().zip([a, b, c, d]) {
            for (s, m) in sum.iter_mut().zip(line) {
                *s += v * m;
            }
        }
    }
    sums
}

/// Scaled dot-product attention over one sentence of `n` pieces: `qkv` holds their rows (queries, keys, values, `width` each),
/// `out` takes one row of `width` each. The width of a head is a multiple of [`LANES`].
pub(crate) fn attend(qkv: &[f32], n: usize, width: usize, heads: usize, grid: &mut Grid, out: &mut [f32]) {
    let (stride, d) = (3 * width, width / heads);
    let scale = 1.0 / (d as f32).sqrt();
    wide(
        #[inline(always)]
        || {
            for head in (0..heads).map(|h| h * d) {
                let padded = grid.turn(&qkv[width + head..], n, d, stride);
                for i in (0..n).step_by(BLOCK) {
                    // The last block may repeat the last row.
                    let at = |k: usize| (i + k).min(n - 1);
                    let query = |k: usize| &qkv[at(k) * stride + head..at(k) * stride + head + d];
                    grid.products([query(0), query(1), query(2), query(3)], padded);
                    for row in grid.rows.chunks_exact_mut(padded) {
                        row[..n].iter_mut().for_each(|v| *v *= scale);
                        softmax(&mut row[..n]);
                    }
                    let row = |k: usize| &grid.rows[k * padded..k * padded + n];
                    for lane in (0..d).step_by(LANES) {
                        let values = &qkv[2 * width + head + lane..];
                        let sums = block([row(0), row(1), row(2), row(3)], values, stride);
                        for (k, sum) in sums.iter().enumerate() {
                            let to = at(k) * width + head + lane;
                            out[to..to + LANES].copy_from_slice(sum);
                        }
                    }
                }
            }
        },
    );
}

/// `out[i * keys.len() / width + j] = scale * (queries[i] · keys[j]) + prior[j]`.
pub(crate) fn scores(
    queries: &[f32],
    keys: &[f32],
    prior: &[f32],
    width: usize,
    grid: &mut Grid,
    out: &mut Vec<f32>,
) {
    let (n, m) = (keys.len() / width, queries.len() / width);
    let scale = 1.0 / (width as f32).sqrt();
    out.clear();
    wide(
        #[inline(always)]
        || {
            let padded = grid.turn(keys, n, width, width);
            for i in (0..m).step_by(BLOCK) {
                let query = |k: usize| &queries[(i + k).min(m - 1) * width..((i + k).min(m - 1) + 1) * width];
                grid.products([query(0), query(1), query(2), query(3)], padded);
                for row in grid.rows.chunks_exact(padded).take(m - i) {
                    out.extend(row[..n].iter().zip(prior).map(|(v, p)| v * scale + p));
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fast_exponential_agrees_with_the_library() {
        for i in -860..860 {
            let x = i as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn softmax_rows_sum_to_one() {
        let mut row = [1.0, -50.0, 3.0, 200.0, 2.0];
        softmax(&mut row);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(row[3] > 0.99);
    }

    #[test]
    fn rounded_rows_stay_close_and_within_seven_bits() {
        for row in [vec![-1.0, 0.5, 3.0, 0.0, 2.999], vec![0.0; 5], vec![5.0; 40], vec![-1e-30, 1e30]] {
            let mut codes = vec![0; row.len()];
            let (scale, zero) = round_row(&row, &mut codes);
            assert!(codes.iter().all(|c| *c <= 128));
            for (v, c) in row.iter().zip(&codes) {
                assert!((scale * (f32::from(*c) - f32::from(zero)) - v).abs() <= scale * 1.01, "{row:?}");
            }
        }
    }

    #[test]
    fn attention_is_the_weighted_mean_of_the_values() {
        for n in [1, 2, 5, 17, 40] {
            let (width, heads) = (32, 2);
            let qkv: Vec<f32> = (0..n * 3 * width).map(|i| (i * 7919 % 101) as f32 / 50.0 - 1.0).collect();
            let mut out = vec![0.0; n * width];
            attend(&qkv, n, width, heads, &mut Grid::default(), &mut out);
            let at = |row: usize, part: usize, k: usize| qkv[row * 3 * width + part * width + k];
            for i in 0..n {
                for k in 0..width {
                    let head = k / 16 * 16..k / 16 * 16 + 16;
                    let weight =
                        |j| (head.clone().map(|d| at(i, 0, d) * at(j, 1, d)).sum::<f32>() / 4.0).exp();
                    let total: f32 = (0..n).map(weight).sum();
                    let plain: f32 = (0..n).map(|j| weight(j) * at(j, 2, k)).sum::<f32>() / total;
                    assert!((plain - out[i * width + k]).abs() < 1e-4, "{n} pieces, row {i}, column {k}");
                }
            }
        }
    }

    #[test]
    fn a_dense_layer_is_the_exact_product_of_the_rounded_rows() {
        for (inputs, outputs, rows) in
            [(384, 17, 3), (384, 1152, 40), (1536, 384, 9), (96, 50, 1), (256, 1, 70)]
        {
            let weight: Vec<i8> =
                (0..inputs * outputs).map(|i| (i * 7919 % 255) as i32 - 127).map(|w| w as i8).collect();
            let x: Vec<f32> = (0..rows * inputs)
                .map(|i| (i * 104_729 % (2000 + i / inputs)) as f32 / 700.0 - 1.0)
                .collect();
            let layer = Linear::new(&weight, vec![0.01; outputs], vec![0.5; outputs], inputs);
            let (mut r, mut out) = (Rows::default(), Vec::new());
            r.round(&x, inputs);
            layer.apply(&mut r, &mut out);
            for i in 0..rows {
                for j in 0..outputs {
                    let code = |k: usize| i32::from(r.codes[i * inputs + k]) - i32::from(r.zero[i]);
                    let plain: i32 = (0..inputs).map(|k| code(k) * i32::from(weight[k * outputs + j])).sum();
                    assert_eq!(
                        out[i * outputs + j],
                        plain as f32 * (r.scale[i] * 0.01) + 0.5,
                        "row {i}, output {j}"
                    );
                }
            }
        }
    }
}
