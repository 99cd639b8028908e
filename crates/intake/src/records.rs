//! The articles of JSON lines and JSON files, one at a time.

use crate::format::{json, jsonl, values};
use crate::source::{Records, Source};
use crate::{Item, Options, Place, Reason, Skipped};
use std::io::BufRead;

/// The articles of JSON lines.
pub(crate) fn lines(source: Source, input: impl BufRead + Send + 'static, options: &Options) -> Records {
    let options = options.clone();
    Box::new(Lines { source, input, options, line: 0, any: false, buffer: Vec::new(), done: false })
}

/// The articles of a JSON file.
pub(crate) fn elements(source: Source, input: impl BufRead + Send + 'static, options: &Options) -> Records {
    let input = values::Values::new(input, options.line_bytes);
    Box::new(Elements { source, input, options: options.clone(), number: 0, done: false })
}

struct Lines<R> {
    source: Source,
    input: R,
    options: Options,
    line: u64,
    any: bool,
    buffer: Vec<u8>,
    done: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Item, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let limit = self.options.line_bytes;
            let read = jsonl::next_line(&mut self.input, &mut self.buffer, limit);
            self.line += 1;
            let skipped = |place, reason| Some(Err(Skipped::new(&self.source.shown, place, reason)));
            let place = Some(Place::Line(self.line));
            match read {
                Err(error) => {
                    self.done = true;
                    return skipped(place, error.into());
                }
                Ok(None) => {
                    self.done = true;
                    return if self.any { None } else { skipped(None, Reason::Empty) };
                }
                Ok(Some(jsonl::Line::TooLong)) => {
                    self.any = true;
                    return skipped(place, Reason::LineTooLong { limit });
                }
                Ok(Some(jsonl::Line::Whole)) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Some(jsonl::Line::Whole)) => {
                    self.any = true;
                    let id = format!("{}:{}", self.source.id, self.line);
                    let read = json::read(self.buffer.trim_ascii())
                        .and_then(|draft| self.source.finish(draft, &id, place, &self.options));
                    return Some(read.map_err(|reason| Skipped::new(&self.source.shown, place, reason)));
                }
            }
        }
        None
    }
}

struct Elements<R> {
    source: Source,
    input: values::Values<R>,
    options: Options,
    number: u64,
    done: bool,
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = Result<Item, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        self.number += 1;
        let place = Some(Place::Element(self.number));
        let reason = match self.input.next() {
            Err(error) => {
                self.done = true;
                error.into()
            }
            Ok(None) => {
                self.done = true;
                let empty = self.number == 1;
                return empty.then(|| Err(Skipped::new(&self.source.shown, None, Reason::Empty)));
            }
            Ok(Some(values::Element::Unclosed)) => Reason::BrokenJson("the list has no end".to_owned()),
            Ok(Some(values::Element::TooLong)) => Reason::LineTooLong { limit: self.options.line_bytes },
            Ok(Some(values::Element::Whole(bytes, in_array))) => {
                let alone = !in_array && self.number == 1;
                let id = if alone {
                    self.source.id.clone()
                } else {
                    format!("{}:{}", self.source.id, self.number)
                };
                // Outside a list, what does not open like an object is no JSON at all: say so once.
                self.done = !in_array && !bytes.starts_with(b"{");
                let place = if alone { None } else { place };
                let read =
                    json::read(&bytes).and_then(|draft| self.source.finish(draft, &id, place, &self.options));
                return Some(read.map_err(|reason| Skipped::new(&self.source.shown, place, reason)));
            }
        };
        Some(Err(Skipped::new(&self.source.shown, place, reason)))
    }
}
