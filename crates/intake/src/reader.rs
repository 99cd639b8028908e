//! The stream: inputs in the order given, files in alphabetical order, articles in the order they stand.

use crate::names::Names;
use crate::sniff::refused_name;
use crate::source::{Records, Source};
use crate::walk::{self, Walk};
use crate::{Format, Input, Item, Options, Reason, Skipped, fetch};
use std::fs::File;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

type Files = Box<dyn Iterator<Item = Result<PathBuf, Skipped>> + Send>;

/// Reads `inputs` one after the other. Nothing is opened before it is asked for, and no failure ends the stream.
pub fn read(inputs: &[Input], options: &Options) -> Articles {
    Articles {
        inputs: Vec::from(inputs).into_iter(),
        options: options.clone(),
        names: Names::default(),
        files: None,
        records: None,
    }
}

/// The articles of some inputs, and the reasons where there is none.
pub struct Articles {
    inputs: std::vec::IntoIter<Input>,
    options: Options,
    names: Names,
    /// The files of the folder or pattern being read, and where ids begin in their paths.
    files: Option<(Files, PathBuf)>,
    records: Option<Records>,
}

impl Iterator for Articles {
    type Item = Result<Item, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(records) = &mut self.records {
                if let Some(record) = records.next() {
                    return Some(record);
                }
                self.records = None;
            }
            if let Some((files, root)) = &mut self.files {
                match files.next() {
                    Some(Ok(path)) => {
                        let id = self.names.unique(root, &path);
                        self.records = Some(open_file(&path, id, &self.options));
                    }
                    Some(Err(skipped)) => return Some(Err(skipped)),
                    None => self.files = None,
                }
                continue;
            }
            let input = self.inputs.next()?;
            let shown = input.shown();
            if let Err(reason) = self.start(input) {
                return Some(Err(Skipped::new(shown, None, reason)));
            }
        }
    }
}

impl Articles {
    fn start(&mut self, input: Input) -> Result<(), Reason> {
        let shown = input.shown();
        let options = &self.options;
        match input {
            Input::Path(path) if path.is_dir() => {
                self.files = Some((Box::new(Walk::new(path.clone())), path));
            }
            Input::Path(path) => {
                let id = self.names.unique(Path::new(""), &path);
                self.records = Some(open_file(&path, id, options));
            }
            Input::Glob(pattern) => self.files = Some((files_of(&pattern)?, walk::fixed_part(&pattern))),
            Input::Stdin => {
                let source = Source { shown, id: "stdin".to_owned(), ..Source::default() };
                self.records = Some(source.open(Box::new(io::stdin()), options));
            }
            Input::Url(url) => {
                let fetched = fetch::fetch(&url, options)?;
                let source = Source {
                    shown,
                    id: url,
                    url: Some(fetched.url),
                    charset: fetched.charset,
                    format: fetched.format,
                };
                self.records = Some(source.open(Box::new(Cursor::new(fetched.bytes)), options));
            }
            Input::Bytes { name, bytes } => {
                let path = PathBuf::from(name);
                let id = self.names.unique(Path::new(""), &path);
                let source = Source { shown, id, format: Format::of_name(&path), ..Source::default() };
                self.records = Some(source.open(Box::new(Cursor::new(bytes)), options));
            }
        }
        Ok(())
    }
}

/// The files a pattern matches. Folders count only where the pattern matches nothing but folders.
fn files_of(pattern: &str) -> Result<Files, Reason> {
    let found = walk::matches(pattern)?;
    let is_dir = |found: &Result<PathBuf, Skipped>| found.as_ref().is_ok_and(|path| path.is_dir());
    if !found.iter().all(is_dir) {
        return Ok(Box::new(found.into_iter().filter(move |path| !is_dir(path))));
    }
    let mut folders: Vec<PathBuf> = Vec::new();
    for folder in found.into_iter().flatten() {
        if !folders.iter().any(|above| folder.starts_with(above)) {
            folders.push(folder);
        }
    }
    Ok(Box::new(folders.into_iter().flat_map(Walk::new)))
}

fn open_file(path: &Path, id: String, options: &Options) -> Records {
    let source =
        Source { shown: path.display().to_string(), id, format: Format::of_name(path), ..Source::default() };
    if options.format.is_none()
        && let Some(reason) = refused_name(path)
    {
        return source.nothing(reason);
    }
    match File::open(path) {
        Ok(file) => source.open(Box::new(file), options),
        Err(error) => source.nothing(error.into()),
    }
}
