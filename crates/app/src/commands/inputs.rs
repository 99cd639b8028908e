//! The stream of articles of a run, completed with what the command line says about them.

use crate::{messages::Messages, settings::Inputs, view::count};
use intake::{Item, Options, Skipped, Warning};
use std::collections::BTreeMap;

/// Every article, or the reason why there is none, in the order of the command line.
pub fn articles(inputs: &Inputs) -> impl Iterator<Item = Result<Item, Skipped>> + Send + use<> {
    let (date, outlet) = (inputs.date, inputs.outlet.clone());
    intake::read(&inputs.inputs, &Options::default()).map(move |item| {
        item.map(|mut item| {
            // What the input itself says counts more; without either there is no date and no outlet.
            item.article.published = item.article.published.or(date);
            item.article.outlet = item.article.outlet.take().or_else(|| outlet.clone());
            item
        })
    })
}

/// How many notes of one kind are told one by one.
const TOLD: usize = 3;

/// What was doubtful about articles that were read. The first notes of each kind are told at once, the rest as a number.
#[derive(Debug, Default)]
pub struct Doubts(BTreeMap<&'static str, usize>);

impl Doubts {
    /// The notes to tell about one article.
    pub fn take(&mut self, item: &Origin) -> Vec<String> {
        let Origin { origin, warnings } = item;
        let mut notes = Vec::new();
        for warning in warnings {
            let number = self.0.entry(warning.kind()).or_default();
            *number += 1;
            if *number <= TOLD {
                notes.push(format!("{origin}: {warning}"));
            }
        }
        notes
    }

    /// Tells the numbers of what was not told.
    pub fn end(&self, messages: &Messages) {
        for (kind, number) in self.0.iter().filter(|(_, number)| **number > TOLD) {
            messages.note(&format!("{} more with {kind}", count(number - TOLD, "article", "articles")));
        }
    }
}

/// What is told about an article, kept while the article itself is read.
#[derive(Debug)]
pub struct Origin {
    origin: String,
    warnings: Vec<Warning>,
}

impl Origin {
    /// Of an article just read; takes its warnings.
    pub fn of(item: &mut Item) -> Self {
        let origin = item.origin().to_string();
        Self { origin, warnings: std::mem::take(&mut item.warnings) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_notes_become_a_number() {
        let mut doubts = Doubts::default();
        let told: usize = (1..=10)
            .map(|line| {
                let warnings = vec![Warning::UnclearDate { value: "16 Decembe".into() }];
                doubts.take(&Origin { origin: format!("news.jsonl, line {line}"), warnings }).len()
            })
            .sum();
        assert_eq!(told, TOLD);
        assert_eq!(doubts.0.values().copied().collect::<Vec<_>>(), [10]);
    }
}
