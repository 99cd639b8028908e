//! What is emphasised how. Without colour, the anchor stands between asterisks and nothing else changes.

use anstyle::{AnsiColor, Style};
use record::Quad;

/// A terminal's means of emphasis.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    colour: bool,
}

impl Theme {
    /// With colour or without.
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    fn paint(self, style: Style, text: &str) -> String {
        if self.colour && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// A title or heading.
    pub fn bold(self, text: &str) -> String {
        self.paint(Style::new().bold(), text)
    }

    /// What may be skipped over.
    pub fn faint(self, text: &str) -> String {
        self.paint(Style::new().dimmed(), text)
    }

    /// An event's type, by quad class: verbal and material cooperation, verbal and material conflict.
    pub fn quad(self, quad: Quad, text: &str) -> String {
        self.paint(Style::new().bold().fg_color(Some(quad_colour(quad).into())), text)
    }

    /// A statement's source.
    pub fn source(self, text: &str) -> String {
        self.paint(Style::new().fg_color(Some(AnsiColor::Magenta.into())), text)
    }

    /// What is told as having happened.
    pub fn real(self, text: &str) -> String {
        self.bold(text)
    }

    /// What is told as open.
    pub fn open(self, text: &str) -> String {
        self.paint(Style::new().italic(), text)
    }

    /// What is told as not so.
    pub fn denied(self, text: &str) -> String {
        self.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), text)
    }

    /// The word that names an event, in the colour of its quad class.
    pub fn anchor(self, quad: Quad, text: &str) -> String {
        if self.colour {
            self.paint(Style::new().bold().underline().fg_color(Some(quad_colour(quad).into())), text)
        } else {
            format!("*{text}*")
        }
    }
}

fn quad_colour(quad: Quad) -> AnsiColor {
    match quad {
        Quad::VerbalCooperation => AnsiColor::Cyan,
        Quad::MaterialCooperation => AnsiColor::Green,
        Quad::VerbalConflict => AnsiColor::Yellow,
        Quad::MaterialConflict => AnsiColor::Red,
    }
}
