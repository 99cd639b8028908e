//! Reads the weights file that `training/export.py` writes: labels, vocabulary and int8 tensors in one container.
//!
//! Layout: `LEGMOD01`, a little-endian `u32` header length, a JSON header, the data. Tensor offsets count from the data.

use crate::Error;
use serde::Deserialize;
use std::collections::BTreeMap;

const MAGIC: &[u8] = b"LEGMOD01";

/// The JSON header.
#[derive(Debug, Deserialize)]
pub(crate) struct Header {
    pub format: u32,
    pub version: String,
    pub hidden: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
    #[serde(default)]
    pub arc: usize,
    #[serde(default)]
    pub rel: usize,
    #[serde(default)]
    pub pieces_per_word: usize,
    #[serde(default)]
    pub upos: Vec<String>,
    #[serde(default)]
    pub feats: Vec<String>,
    /// For each part of speech, the feature bundles seen with it.
    #[serde(default)]
    pub allowed: BTreeMap<String, Vec<usize>>,
    #[serde(default)]
    pub relations: Vec<String>,
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub names: Vec<String>,
    /// For the judge: what its outputs mean, and the weights whose word tables it reads with.
    #[serde(default)]
    pub types: Vec<String>,
    #[serde(default)]
    pub reasons: Vec<String>,
    #[serde(default)]
    pub over: Option<String>,
    /// For the reader of statements: what the outputs of its last head mean.
    #[serde(default)]
    pub stances: Vec<String>,
    #[serde(default)]
    vocab: Place,
    tensors: BTreeMap<String, Entry>,
}

#[derive(Debug, Default, Deserialize)]
struct Place {
    offset: usize,
    length: usize,
}

#[derive(Debug, Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    shape: Vec<usize>,
    offset: usize,
}

/// An opened weights file.
pub(crate) struct Container {
    pub header: Header,
    data: &'static [u8],
}

impl Container {
    pub fn open(bytes: &'static [u8]) -> Result<Self, Error> {
        let broken = |what: &str| Error::Weights(what.into());
        let rest =
            bytes.strip_prefix(MAGIC).ok_or_else(|| broken("not a weights file (magic number missing)"))?;
        let (length, rest) = rest.split_at_checked(4).ok_or_else(|| broken("cut off"))?;
        let length = u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let (json, data) =
            rest.split_at_checked(length).ok_or_else(|| broken("cut off inside the header"))?;
        let header: Header = serde_json::from_slice(json)?;
        if header.format != 1 {
            return Err(Error::Weights(format!("format {} is not known to this program", header.format)));
        }
        if header.heads == 0 || !header.hidden.is_multiple_of(header.heads) {
            return Err(broken("impossible dimensions"));
        }
        Ok(Self { header, data })
    }

    /// The wordpieces in order of their ids.
    pub fn vocabulary(&self) -> Result<&'static str, Error> {
        let Place { offset, length } = self.header.vocab;
        let bytes = self.data.get(offset..offset.saturating_add(length));
        bytes
            .and_then(|b| std::str::from_utf8(b).ok())
            .ok_or_else(|| Error::Weights("vocabulary missing".into()))
    }

    fn bytes(&self, name: &str, kind: &str, shape: &[usize], width: usize) -> Result<&'static [u8], Error> {
        let wrong = |what: String| Error::Weights(format!("tensor {name}: {what}"));
        let entry = self.header.tensors.get(name).ok_or_else(|| wrong("missing".into()))?;
        if entry.kind != kind || entry.shape != shape {
            return Err(wrong(format!(
                "{} {:?} where {kind} {shape:?} is expected",
                entry.kind, entry.shape
            )));
        }
        let size = shape.iter().product::<usize>() * width;
        self.data.get(entry.offset..entry.offset.saturating_add(size)).ok_or_else(|| wrong("cut off".into()))
    }

    /// Bytes of an int8 tensor.
    pub fn int8(&self, name: &str, shape: &[usize]) -> Result<&'static [u8], Error> {
        self.bytes(name, "i8", shape, 1)
    }

    /// A tensor of `f32`.
    pub fn float(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.bytes(name, "f32", shape, 4)?;
        Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// The dimensions of a tensor; none where it is missing.
    pub fn shape(&self, name: &str) -> &[usize] {
        self.header.tensors.get(name).map_or(&[], |e| e.shape.as_slice())
    }

    /// First dimension of a tensor.
    pub fn rows(&self, name: &str) -> usize {
        self.header.tensors.get(name).and_then(|e| e.shape.first().copied()).unwrap_or(0)
    }
}
