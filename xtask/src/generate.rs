//! Files made from the types. With `--check` nothing is written and a stale file is an error.

use anyhow::{Context, Result, bail};
use std::{fs, path::Path};

/// Path of the reading's schema, from the root of the checkout.
const SCHEMA: &str = "crates/app/schema/reading.schema.json";

pub fn run(arguments: &[String]) -> Result<()> {
    let check = arguments.iter().any(|a| a == "--check");
    let schema = schemars::schema_for!(record::reading::Reading);
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    let path = root().join(SCHEMA);
    if check {
        let there = fs::read_to_string(&path).with_context(|| format!("{SCHEMA} cannot be read"))?;
        if there != text {
            bail!("{SCHEMA} is stale: run `cargo xtask generate` and commit the result");
        }
        println!("{SCHEMA} is current");
    } else {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text).with_context(|| format!("{SCHEMA} cannot be written"))?;
        println!("wrote {SCHEMA}");
    }
    Ok(())
}

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
