//! Folders and patterns become files, in alphabetical order, one at a time.

use crate::options::MAX_FOLDER_DEPTH;
use crate::{Format, Reason, Skipped};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder and the folders below it whose ending names a known format. Hidden files and folders are
/// left out; links to folders are not followed, so that a walk always ends.
#[derive(Debug)]
pub(crate) struct Walk {
    root: PathBuf,
    waiting: Vec<(PathBuf, usize)>,
    found: bool,
    reported: bool,
}

impl Walk {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { waiting: vec![(root.clone(), 0)], root, found: false, reported: false }
    }

    /// Puts the content of a folder on the stack, last name first.
    fn open(&mut self, folder: &Path, depth: usize) -> Result<(), Skipped> {
        let failed = |e: std::io::Error| Skipped::new(folder.display().to_string(), None, e.into());
        let mut inside = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() || (Format::of_name(&path).is_some() && path.is_file()) {
                inside.push(path);
            }
        }
        inside.sort();
        self.waiting.extend(inside.into_iter().rev().map(|path| (path, depth + 1)));
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, depth)) = self.waiting.pop() {
            if !path.is_dir() {
                self.found = true;
                return Some(Ok(path));
            }
            if depth > MAX_FOLDER_DEPTH {
                let reason = Reason::FolderTooDeep(MAX_FOLDER_DEPTH);
                self.reported = true;
                return Some(Err(Skipped::new(path.display().to_string(), None, reason)));
            }
            if let Err(skipped) = self.open(&path, depth) {
                self.reported = true;
                return Some(Err(skipped));
            }
        }
        if self.found || self.reported {
            return None;
        }
        self.reported = true;
        Some(Err(Skipped::new(self.root.display().to_string(), None, Reason::EmptyFolder)))
    }
}

/// The folder part of a pattern before its first wildcard; ids are made relative to it.
pub(crate) fn fixed_part(pattern: &str) -> PathBuf {
    let wild = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
    let end = pattern[..wild].rfind(['/', std::path::MAIN_SEPARATOR]).map_or(0, |at| at + 1);
    PathBuf::from(&pattern[..end])
}

/// The files and folders a pattern matches.
pub(crate) fn matches(pattern: &str) -> Result<Vec<Result<PathBuf, Skipped>>, Reason> {
    let paths = glob::glob(pattern).map_err(|e| Reason::BadPattern(e.msg.to_owned()))?;
    let found: Vec<_> = paths
        .map(|path| {
            path.map_err(|e| {
                Skipped::new(e.path().display().to_string(), None, Reason::Io(e.error().to_string()))
            })
        })
        .collect();
    if found.is_empty() { Err(Reason::NoMatch) } else { Ok(found) }
}
