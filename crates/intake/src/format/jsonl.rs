//! JSON lines: one article a line, read line by line. A broken line is reported and the next one read.

use std::io::{self, BufRead};

/// A line within the limit, or the fact that one was longer.
pub(crate) enum Line {
    Whole,
    TooLong,
}

/// Reads the next line into `line`, without its end. No more than `limit` bytes are kept of it; the rest of a longer
/// line is passed over. `None` at the end of the input.
pub(crate) fn next_line(
    input: &mut dyn BufRead,
    line: &mut Vec<u8>,
    limit: usize,
) -> io::Result<Option<Line>> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let bytes = match input.fill_buf() {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if bytes.is_empty() {
            break;
        }
        any = true;
        let end = bytes.iter().position(|b| *b == b'\n');
        let part = &bytes[..end.unwrap_or(bytes.len())];
        if line.len() + part.len() > limit {
            too_long = true;
            line.clear();
            line.shrink_to(1 << 16);
        } else if !too_long {
            line.extend_from_slice(part);
        }
        let used = end.map_or(bytes.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(any.then_some(if too_long { Line::TooLong } else { Line::Whole }))
}
