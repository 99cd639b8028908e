//! `legation schema`: the JSON Schema of a reading, from the types that are printed.

use super::output;
use crate::outcome::Outcome;
use std::io::Write as _;

/// Prints the schema.
pub fn run() -> anyhow::Result<Outcome> {
    let mut out = output();
    out.write_all(schema()?.as_bytes())?;
    out.flush()?;
    Ok(Outcome::All)
}

fn schema() -> serde_json::Result<String> {
    let mut schema = serde_json::to_string_pretty(&schemars::schema_for!(record::reading::Reading))?;
    schema.push('\n');
    Ok(schema)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checked_in_schema_is_current() {
        let checked_in = include_str!("../../schema/reading.schema.json");
        assert_eq!(
            super::schema().ok().as_deref(),
            Some(checked_in),
            "run `legation schema > crates/app/schema/reading.schema.json`"
        );
    }
}
