//! The pages: one reading as terminal text, HTML, Markdown or JSON. All words come from `view`.

mod highlight;
mod html;
mod map;
mod markdown;
mod text;
mod theme;

pub use text::wrapped;
pub use theme::Theme;

use crate::{flags::Format, settings::Terminal, view::View};
use atlas::Atlas;
use record::reading::Reading;
use std::io::{self, Write};

/// Prints readings one after the other in one format.
#[derive(Debug)]
pub struct Printer {
    format: Format,
    theme: Theme,
    width: usize,
    explain: bool,
    pretty: bool,
    printed: usize,
}

impl Printer {
    /// A printer for one run.
    pub fn new(format: Format, terminal: &Terminal, explain: bool) -> Self {
        Self {
            format,
            theme: Theme::new(terminal.colour),
            width: terminal.width,
            explain,
            pretty: terminal.watched,
            printed: 0,
        }
    }

    /// Prints one reading. `alone` tells whether it is the only one of the run.
    pub fn print(
        &mut self,
        out: &mut impl Write,
        reading: &Reading,
        atlas: &Atlas,
        alone: bool,
    ) -> anyhow::Result<()> {
        let first = self.printed == 0;
        self.printed += 1;
        match self.format {
            Format::Json if alone && self.pretty => serde_json::to_writer_pretty(&mut *out, reading)?,
            Format::Json => serde_json::to_writer(&mut *out, reading)?,
            Format::Text => {
                let gap = if first { "" } else { "\n\n" };
                let page = text::Page { theme: self.theme, width: self.width, explain: self.explain };
                write!(out, "{gap}{}", page.render(&View::new(reading, atlas)))?;
            }
            Format::Markdown => {
                let gap = if first { "" } else { "\n---\n\n" };
                write!(out, "{gap}{}", markdown::render(&View::new(reading, atlas), self.explain))?;
            }
            Format::Html => {
                let view = View::new(reading, atlas);
                if first {
                    html::head(out, &view.title)?;
                }
                html::article(out, &view, reading, self.printed, self.explain)?;
            }
        }
        if self.format == Format::Json {
            out.write_all(b"\n")?;
        }
        Ok(out.flush()?)
    }

    /// Closes what was opened.
    pub fn end(&self, out: &mut impl Write) -> io::Result<()> {
        if self.format == Format::Html && self.printed > 0 {
            html::foot(out)?;
        }
        out.flush()
    }
}
