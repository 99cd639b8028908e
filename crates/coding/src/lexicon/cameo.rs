//! CAMEO 1.1b3 codes with their names and Goldstein intensities (Goldstein 1992, as published with CAMEO).

use super::{files::Files, problem::Problem, table};
use record::EventType;
use std::collections::BTreeMap;

/// One code of the codebook.
#[derive(Clone, Debug)]
pub struct CameoCode {
    /// The codebook's title.
    pub name: String,
    /// The PLOVER type it stands for; none for plain statements.
    pub kind: Option<EventType>,
    /// Goldstein intensity, -10 to 10, where the published scale has one.
    pub intensity: Option<f32>,
}

/// The codebook.
#[derive(Debug, Default)]
pub struct CameoCodes(BTreeMap<String, CameoCode>);

impl CameoCodes {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let columns = ["code", "name", "type", "intensity"];
        let rows = table::rows(files, "lexicon/cameo.tsv", &columns, 1, problems, parse);
        let codes = rows.into_iter().map(|(row, code)| (row.cell(0).to_owned(), code)).collect();
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

fn parse(row: &table::Row<'_>) -> Result<CameoCode, String> {
    let kind = EventType::ALL.iter().copied().find(|kind| kind.as_str() == row.cell(2));
    if kind.is_none() && !row.cell(2).is_empty() {
        return Err(format!("`{}` is no type of PLOVER", row.cell(2)));
    }
    let intensity = match row.cell(3) {
        "" => None,
        text => match text.parse::<f32>() {
            Ok(value) if (-10.0..=10.0).contains(&value) => Some(value),
            _ => return Err(format!("`{text}` is no intensity between -10 and 10")),
        },
    };
    Ok(CameoCode { name: row.cell(1).to_owned(), kind, intensity })
}
