//! `legation lexicon import`: dictionaries of PETRARCH or Phoenix to a layer for `--lexicon`, with a report of what was lost.
//!
//! Out of scope: the conversion itself (`coding::lexicon::petrarch`).

use crate::{flags::DictionaryKind, messages::Messages, outcome::Outcome, settings::Import, view::count};
use anyhow::{Context as _, bail};
use atlas::Atlas;
use coding::lexicon::petrarch::{self, Dictionary, Fate, Kind};
use engine::Lexicon;
use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// Larger dictionaries are not read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The report, inside the layer's folder.
const REPORT: &str = "REPORT.tsv";

/// Reads, converts, writes, tells.
pub fn run(task: &Import, messages: &Messages) -> anyhow::Result<Outcome> {
    let mut read: Vec<(String, String, Kind)> = Vec::new();
    let mut skipped = false;
    for path in &task.files {
        match dictionary(path, task.kind, messages) {
            Ok(found) => read.push(found),
            Err(error) => {
                skipped = true;
                messages.skipped(&format!("{}: {error:#}", path.display()));
            }
        }
    }
    if read.is_empty() {
        return Ok(Outcome::Nothing);
    }
    let dictionaries: Vec<Dictionary<'_>> =
        read.iter().map(|(name, text, kind)| Dictionary { name, text, kind: *kind }).collect();
    let import = petrarch::import(&dictionaries, &Lexicon::embedded().0, &Atlas::embedded()?);
    let mut files: Vec<(PathBuf, &str)> =
        import.files.iter().map(|(name, text)| (task.output.join(name), text.as_str())).collect();
    let report = import.report();
    files.push((task.output.join(REPORT), &report));
    write(&files, task.overwrite)?;

    for (name, _, kind) in &read {
        let entries = import.entries.iter().filter(|entry| entry.file == *name).count();
        messages.plain(&format!("{name}: {}, {}", kind.as_str(), count(entries, "entry", "entries")));
    }
    let [carried, partly, lost] = [Fate::Carried, Fate::Partly, Fate::Not].map(|fate| import.count(fate));
    messages.plain(&format!("carried over {carried}, in part {partly}, not {lost}"));
    for (fate, label) in [(Fate::Partly, "in part"), (Fate::Not, "not")] {
        for (reason, number) in import.reasons(fate) {
            messages.plain(&format!("  {label}: {number} {reason}"));
        }
    }
    let folder = task.output.display();
    if import.files.is_empty() {
        messages.error(&format!("nothing can be carried over; {folder}/{REPORT} says why"));
        return Ok(Outcome::Nothing);
    }
    let written = count(import.files.len(), "file", "files");
    messages.plain(&format!(
        "{written} in {folder}; what was lost stands in {folder}/{REPORT}; use it with --lexicon {folder}"
    ));
    Ok(if lost > 0 || skipped { Outcome::Some } else { Outcome::All })
}

/// A dictionary's name, text and kind.
fn dictionary(
    path: &Path,
    kind: Option<DictionaryKind>,
    messages: &Messages,
) -> anyhow::Result<(String, String, Kind)> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let file =
        fs::File::open(path).context("cannot be read; check the spelling and the folder you are in")?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).context("cannot be read")?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("larger than {} MB; divide it", MOST_BYTES >> 20);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            messages.note(&format!(
                "{name}:{line}: not UTF-8 here; such letters are lost, convert the file to keep them"
            ));
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }
    };
    let kind = match kind {
        Some(DictionaryKind::Actors) => Kind::Actors,
        Some(DictionaryKind::Agents) => Kind::Agents,
        Some(DictionaryKind::Verbs) => Kind::Verbs,
        None => petrarch::detect(&text).context(
            "looks like no dictionary of actors, agents or verbs (lists of discards and issues are not carried over); \
             say --kind where it is one",
        )?,
    };
    Ok((name, text, kind))
}

/// Writes all files or, where one is there already and may not be overwritten, none.
fn write(files: &[(PathBuf, &str)], overwrite: bool) -> anyhow::Result<()> {
    if let Some((path, _)) = files.iter().find(|(path, _)| !overwrite && path.exists()) {
        bail!("{} is there already; name another folder with -o, or say --overwrite", path.display());
    }
    for (path, text) in files {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
