//! CAMEO 1.1b3 codes with their names and Goldstein intensities (Goldstein 1992, as published with CAMEO).

use super::{files::Files, problem::Problem, table};
use std::collections::BTreeMap;

/// One code of the codebook.
#[derive(Clone, Debug)]
pub struct CameoCode {
    /// The codebook's title.
    pub name: String,
    /// Goldstein intensity, -10 to 10, where the published scale has one.
    pub intensity: Option<f32>,
}

/// The codebook.
#[derive(Debug, Default)]
pub struct CameoCodes(BTreeMap<String, CameoCode>);

impl CameoCodes {
    pub(super) fn read(files: &Files, problems: &mut Vec<Problem>) -> Self {
        let mut codes = BTreeMap::new();
        for row in table::rows(files, "lexicon/cameo.tsv", &["code", "name", "type", "intensity"], problems) {
            let intensity = match row.cell(3) {
                "" => None,
                text => match text.parse::<f32>() {
                    Ok(value) if (-10.0..=10.0).contains(&value) => Some(value),
                    _ => {
                        problems.push(row.problem(format!("`{text}` is no intensity between -10 and 10")));
                        None
                    }
                },
            };
            codes.insert(row.cell(0).to_owned(), CameoCode { name: row.cell(1).to_owned(), intensity });
        }
        Self(codes)
    }

    /// The code's entry.
    pub fn get(&self, code: &str) -> Option<&CameoCode> {
        self.0.get(code)
    }

    /// The intensity of a code, or of the nearest code above it (`1823` → `182` → `18`).
    pub fn intensity(&self, code: &str) -> Option<f32> {
        (2..=code.len()).rev().find_map(|n| self.0.get(code.get(..n)?)?.intensity)
    }
}
