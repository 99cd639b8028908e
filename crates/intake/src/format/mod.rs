//! One file per format. Each turns text or bytes into a draft and knows nothing of where they came from.

pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod jsonl;
pub(crate) mod markdown;
pub(crate) mod text;
pub(crate) mod values;
