//! Reads the folders of `--lexicon`: which files they hold, what of them can be read, and what is told about the rest.
//!
//! Nothing here stops a run: what cannot be read is left out and told. Out of scope: what the files mean (`engine`).

use crate::{messages::Messages, view::count};
use anyhow::Result;
use atlas::{Atlas, LayerFile};
use engine::{Layers, Legation, Lexicon, LexiconProblem as Problem};
use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// Larger files are left out, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Files of one layer that are read.
const MOST_FILES: usize = 1000;
/// All files of all layers together, in bytes.
const MOST_ALTOGETHER: u64 = 512 * 1024 * 1024;
/// How deep a folder is looked into; the layout needs two.
const DEEPEST: usize = 4;
/// A gazetteer on disk: `legation gazetteer build`.
const COMPILED: &str = "atlas/gazetteer.bin";
/// Problems told one by one where texts are read; `legation lint` tells all.
const TOLD: usize = 10;

/// What the folders hold.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files lexicon and atlas read.
    pub layers: Layers,
    /// What could not be read, and what is not read at all.
    pub problems: Vec<Problem>,
}

/// Reads all folders; the last one wins.
pub fn load(folders: &[PathBuf]) -> Loaded {
    let mut loader = Loader::default();
    for (number, folder) in folders.iter().enumerate() {
        loader.folder(number + 1, folder);
    }
    Loaded { layers: Layers::new(loader.files), problems: loader.problems }
}

/// Everything needed to read texts, with these layers; what is wrong in them is told as notes.
pub fn legation(folders: &[PathBuf], messages: &Messages) -> Result<Legation> {
    if folders.is_empty() {
        return Ok(Legation::new()?);
    }
    let Loaded { layers, mut problems } = load(folders);
    let (legation, more) = Legation::with_layers(&layers)?;
    problems.extend(more);
    tell(&problems, messages);
    Ok(legation)
}

/// The lexicon alone, with the layers' files for those who show them.
pub fn lexicon(folders: &[PathBuf], messages: &Messages) -> (Lexicon, Layers) {
    let Loaded { layers, mut problems } = load(folders);
    let (lexicon, more) = layers.lexicon();
    problems.extend(more);
    tell(&problems, messages);
    (lexicon, layers)
}

/// The atlas alone.
pub fn atlas(folders: &[PathBuf], messages: &Messages) -> Result<Atlas> {
    let Loaded { layers, mut problems } = load(folders);
    let (atlas, more) = layers.atlas()?;
    problems.extend(more);
    tell(&problems, messages);
    Ok(atlas)
}

fn tell(problems: &[Problem], messages: &Messages) {
    problems.iter().take(TOLD).for_each(|problem| messages.note(&problem.to_string()));
    if let Some(more @ 1..) = problems.len().checked_sub(TOLD) {
        let more = count(more, "problem", "problems");
        messages.note(&format!("{more} more; `legation lint` with the same --lexicon lists them all"));
    }
}

#[derive(Default)]
struct Loader {
    files: Vec<LayerFile>,
    problems: Vec<Problem>,
    bytes: u64,
}

impl Loader {
    fn folder(&mut self, layer: usize, folder: &Path) {
        let mut found = Vec::new();
        self.walk(folder, "", 1, &mut found);
        if found.len() > MOST_FILES {
            let message =
                format!("more than {MOST_FILES} files; nothing of it is read, is it the right folder?");
            self.problem(&folder.display().to_string(), 0, message);
            return;
        }
        // The order of a folder differs between systems.
        found.sort();
        let before = (self.files.len(), self.problems.len());
        for (name, path) in &found {
            let shown = path.display().to_string();
            if !Layers::reads(name) {
                if !is_company(name) {
                    let near = nearest(name);
                    self.problem(&shown, 0, format!("legation reads no such file; {near}"));
                }
                continue;
            }
            if name == COMPILED {
                // Opened where it lies; however large, it is not read here.
                self.files.push(LayerFile { layer, name: name.clone(), shown, text: String::new() });
                continue;
            }
            if let Some(text) = self.text(path, &shown) {
                self.files.push(LayerFile { layer, name: name.clone(), shown, text });
            }
        }
        if before == (self.files.len(), self.problems.len()) {
            let message =
                "nothing in this folder is read; it should hold lexicon/ or atlas/, as data/README.md says";
            self.problem(&folder.display().to_string(), 0, message.into());
        }
    }

    /// All files under `folder`, with their names inside the layer.
    fn walk(&mut self, folder: &Path, inside: &str, depth: usize, found: &mut Vec<(String, PathBuf)>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.problem(&folder.display().to_string(), 0, format!("cannot be read: {error}"));
                return;
            }
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            let inside = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
            if name.starts_with('.') {
                continue;
            }
            if found.len() > MOST_FILES {
                return;
            }
            if path.is_dir() && depth < DEEPEST {
                self.walk(&path, &inside, depth + 1, found);
            } else if path.is_file() {
                found.push((inside, path));
            }
        }
    }

    fn text(&mut self, path: &Path, shown: &str) -> Option<String> {
        let length = fs::metadata(path).map_or(0, |metadata| metadata.len());
        if length > MOST_BYTES {
            let message = format!("larger than {} MB; the file is left out", MOST_BYTES >> 20);
            self.problem(shown, 0, message);
            return None;
        }
        if self.bytes + length > MOST_ALTOGETHER {
            let message = format!(
                "all layers together have at most {} MB; the file is left out",
                MOST_ALTOGETHER >> 20
            );
            self.problem(shown, 0, message);
            return None;
        }
        let mut bytes = Vec::new();
        let read = fs::File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.problem(shown, 0, format!("cannot be read: {error}"));
            return None;
        }
        self.bytes += bytes.len() as u64;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
                self.problem(shown, line, "not UTF-8 here; save the file as UTF-8".into());
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            }
        };
        match text.strip_prefix('\u{feff}') {
            Some(rest) => Some(rest.to_owned()),
            None => Some(text),
        }
    }

    fn problem(&mut self, shown: &str, line: usize, message: String) {
        self.problems.push(Problem::new(shown, line, message));
    }
}

/// Files that may lie beside those that are read.
fn is_company(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.ends_with(".md")
        || ["LICENSE", "LICENCE", "NOTICE", "README", "SOURCE"].iter().any(|stem| file.starts_with(stem))
        || matches!(name, "REPORT.tsv" | "lexicon/frames/TEMPLATE.toml")
}

/// What the writer of a file that is not read may have meant.
fn nearest(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let place = |known: &String| {
        let last = known.rsplit('/').next().unwrap_or(known);
        strsim::damerau_levenshtein(name, known).min(strsim::damerau_levenshtein(file, last))
    };
    let names = Layers::names();
    let near = names.iter().map(|known| (place(known), known)).min();
    match near.filter(|(distance, _)| *distance <= 3) {
        Some((_, known)) => format!("did you mean {known}?"),
        None => "see data/README.md for the names".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_names_get_suggestions() {
        for (name, wanted) in [
            ("atlas/group.tsv", "atlas/groups.tsv"),
            ("groups.tsv", "atlas/groups.tsv"),
            ("lexicon/Cues.tsv", "lexicon/cues.tsv"),
            ("lexicon/class.toml", "lexicon/classes.toml"),
        ] {
            assert_eq!(nearest(name), format!("did you mean {wanted}?"), "{name}");
        }
        assert!(nearest("notes about everything.docx").contains("data/README.md"));
    }

    #[test]
    fn company_is_not_told() {
        for name in ["README", "README.md", "lexicon/SOURCE.md", "LICENSE-MIT", "REPORT.tsv"] {
            assert!(is_company(name), "{name}");
        }
        assert!(!is_company("groups.csv") && !is_company("atlas/REPORT.tsv"));
    }
}
