//! The arithmetic under the encoder: matrix products, layer norm, GELU, softmax, over plain `f32` slices.
//!
//! Everything that decides speed is here, so that another kernel (int8 activations, wider vectors) is a change of one file.

use crate::Error;
use crate::container::Container;
use ndarray::{ArrayView2, ArrayViewMut2, linalg::general_mat_mul};

/// `out = scale * a · b` for views of fitting shapes.
pub(crate) fn product(scale: f32, a: &ArrayView2<f32>, b: &ArrayView2<f32>, out: &mut ArrayViewMut2<f32>) {
    general_mat_mul(scale, a, b, 0.0, out);
}

/// A dense layer, weights dequantised once at load.
pub(crate) struct Linear {
    weight: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    pub outputs: usize,
}

impl Linear {
    pub fn load(file: &Container, name: &str, inputs: usize, outputs: usize) -> Result<Self, Error> {
        let raw = file.int8(&format!("{name}.weight"), &[inputs, outputs])?;
        let scale = file.float(&format!("{name}.scale"), &[outputs])?;
        let bias = file.float(&format!("{name}.bias"), &[outputs])?;
        let mut weight = Vec::with_capacity(raw.len());
        for row in raw.chunks_exact(outputs.max(1)) {
            weight.extend(row.iter().zip(&scale).map(|(&b, s)| f32::from(b as i8) * s));
        }
        Ok(Self { weight, bias, inputs, outputs })
    }

    /// `out = x · W + b` for each row of `x`; `out` is resized.
    pub fn apply(&self, x: &[f32], out: &mut Vec<f32>) {
        let rows = x.len() / self.inputs;
        out.resize(rows * self.outputs, 0.0);
        let (Ok(a), Ok(w), Ok(mut c)) = (
            ArrayView2::from_shape((rows, self.inputs), x),
            ArrayView2::from_shape((self.inputs, self.outputs), &self.weight),
            ArrayViewMut2::from_shape((rows, self.outputs), out.as_mut_slice()),
        ) else {
            return;
        };
        product(1.0, &a, &w, &mut c);
        for row in out.chunks_exact_mut(self.outputs) {
            for (o, b) in row.iter_mut().zip(&self.bias) {
                *o += b;
            }
        }
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
        for (row, add) in x.chunks_exact_mut(width).zip(residual.chunks_exact(width)) {
            for (v, a) in row.iter_mut().zip(add) {
                *v += a;
            }
            self.row(row);
        }
    }

    /// Normalises one row in place.
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

/// Sum with eight running totals, which the compiler turns into vector code and which rounds the same everywhere.
fn sum(x: &[f32]) -> f32 {
    let mut part = [0.0f32; 8];
    let chunks = x.chunks_exact(8);
    let rest: f32 = chunks.remainder().iter().sum();
    for c in chunks {
        for (p, v) in part.iter_mut().zip(c) {
            *p += v;
        }
    }
    part.iter().sum::<f32>() + rest
}

/// Inner product of two slices of equal length.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut part = [0.0f32; 8];
    let (ca, cb) = (a.chunks_exact(8), b.chunks_exact(8));
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
    let x = x.clamp(-87.0, 87.0);
    let n = (x * std::f32::consts::LOG2_E + 12_582_912.0) - 12_582_912.0; // round to nearest
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = ((((1.987_569_2e-4 * r + 1.398_199_9e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r
        + 1.666_666_5e-1)
        * r
        + 0.5;
    let y = p * r * r + r + 1.0;
    y * f32::from_bits((((n as i32) + 127) << 23) as u32)
}

/// GELU in its tanh form, in place.
pub(crate) fn gelu(x: &mut [f32]) {
    for v in x {
        let u = 1.595_769 * (*v + 0.044_715 * *v * *v * *v);
        *v /= 1.0 + exp(-u);
    }
}

/// Leaky ReLU with slope 0.1 below zero, in place.
pub(crate) fn leaky(x: &mut [f32]) {
    for v in x {
        *v = if *v < 0.0 { 0.1 * *v } else { *v };
    }
}

/// Softmax over one row, in place.
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
}
