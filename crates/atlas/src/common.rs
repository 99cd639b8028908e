//! Words that names of organisations and buildings are made of: inside a longer name they are no town's.

use crate::table::Row;

pub(crate) const COLUMNS: &[&str] = &["word"];

/// The word of a row.
pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<String> {
    row.option("word")
}
