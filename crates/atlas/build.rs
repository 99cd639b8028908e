//! Finds the atlas's tables, so that a new file in `data/atlas/leaders/` needs no change in code, and lays out the
//! index of place names, so that opening the gazetteer costs nothing at run time.
//!
//! Writes to `OUT_DIR`: `tables.rs` (paths, contents, version) and `places.idx` (see `src/place_index.rs`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "src/key.rs"]
#[allow(dead_code, missing_docs)]
mod key;
#[path = "src/place_index.rs"]
#[allow(dead_code, missing_docs)]
mod place_index;

fn main() -> io::Result<()> {
    let data = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../data/atlas");
    println!("cargo:rerun-if-changed=src/key.rs");
    println!("cargo:rerun-if-changed=src/place_index.rs");
    println!("cargo:rerun-if-changed={}", data.display());

    let mut files = Vec::new();
    collect(&data, &mut files)?;
    files.sort();

    let mut tables = String::from("pub(crate) static TABLES: &[(&str, &str)] = &[\n");
    let mut places = String::from("pub(crate) static PLACES: &[(&str, &str)] = &[\n");
    let mut place_texts = Vec::new();
    let mut hash = key::hash_bytes(b"atlas");
    for file in &files {
        let text = fs::read_to_string(file)?;
        let inside = file.strip_prefix(&data).unwrap_or(file).to_string_lossy().replace('\\', "/");
        hash = hash.rotate_left(5) ^ key::hash_bytes(inside.as_bytes());
        hash = hash.rotate_left(5) ^ key::hash_bytes(text.as_bytes());
        let entry =
            format!("    ({:?}, include_str!({:?})),\n", inside, fs::canonicalize(file)?.to_string_lossy());
        if inside == "places.tsv" || inside == "gazetteer.tsv" {
            places.push_str(&entry);
            place_texts.push(text);
        } else {
            tables.push_str(&entry);
        }
    }
    tables.push_str("];\n");
    places.push_str("];\n");
    let _ = writeln!(places, "pub(crate) static VERSION: &str = \"{hash:016x}\";");

    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let texts: Vec<&str> = place_texts.iter().map(String::as_str).collect();
    fs::write(out.join("places.idx"), place_index::build(&texts))?;
    fs::write(out.join("tables.rs"), tables + &places)
}

/// All `.tsv` files under `folder`.
fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "tsv") {
            into.push(path);
        }
    }
    Ok(())
}
