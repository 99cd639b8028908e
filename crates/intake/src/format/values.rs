//! A `.json` file: one object, an array of objects, or several objects in a row. The file is cut into its elements
//! without being loaded whole, so that one broken element does not cost the others.

use std::io::{self, BufRead};

/// Cuts JSON text into the elements of its outermost array, or its outermost values.
pub(crate) struct Values<R> {
    input: R,
    limit: usize,
    in_array: bool,
}

/// One element.
pub(crate) enum Element {
    /// Its bytes, and whether it stood in an array.
    Whole(Vec<u8>, bool),
    /// It is longer than the limit.
    TooLong,
    /// The array has no end.
    Unclosed,
}

impl<R: BufRead> Values<R> {
    pub(crate) fn new(input: R, limit: usize) -> Self {
        Self { input, limit, in_array: false }
    }

    /// The next element, or `None` at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Element>> {
        loop {
            let Some(byte) = self.peek()? else {
                return Ok(std::mem::take(&mut self.in_array).then_some(Element::Unclosed));
            };
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | b',' => self.input.consume(1),
                b'[' if !self.in_array => {
                    self.in_array = true;
                    self.input.consume(1);
                }
                b']' if self.in_array => {
                    self.in_array = false;
                    self.input.consume(1);
                }
                _ => return self.value().map(Some),
            }
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.input.fill_buf() {
                Ok(bytes) => return Ok(bytes.first().copied()),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    /// Reads to the end of the value that begins here: brackets are counted outside strings.
    fn value(&mut self) -> io::Result<Element> {
        let mut value = Vec::new();
        let mut too_long = false;
        let mut shape = Shape::default();
        while self.peek()?.is_some() {
            let bytes = self.input.fill_buf()?;
            let mut used = 0;
            let mut ended = false;
            for byte in bytes {
                match shape.take(*byte) {
                    Step::Inside => used += 1,
                    Step::Last => {
                        used += 1;
                        ended = true;
                    }
                    Step::Before => ended = true,
                }
                if ended {
                    break;
                }
            }
            if value.len() + used > self.limit {
                too_long = true;
                value = Vec::new();
            } else if !too_long {
                value.extend_from_slice(&bytes[..used]);
            }
            self.input.consume(used);
            if ended {
                break;
            }
        }
        Ok(if too_long { Element::TooLong } else { Element::Whole(value, self.in_array) })
    }
}

/// How deep inside a value the scan is.
#[derive(Default)]
struct Shape {
    depth: usize,
    in_string: bool,
    escaped: bool,
    started: bool,
}

enum Step {
    /// The byte belongs to the value, which goes on.
    Inside,
    /// The byte ends the value.
    Last,
    /// The value ended before this byte.
    Before,
}

impl Shape {
    fn take(&mut self, byte: u8) -> Step {
        let first = !std::mem::replace(&mut self.started, true);
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Step::Last;
                    }
                }
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 && !first => {
                return Step::Before;
            }
            _ => {}
        }
        Step::Inside
    }
}
