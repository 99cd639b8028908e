//! The stream of articles of a run, completed with what the command line says about them.

use crate::{messages::Messages, settings::Inputs};
use intake::{Item, Options, Skipped};

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

/// Tells what was doubtful about an article that was read.
pub fn tell(item: &Item, messages: &Messages) {
    for warning in &item.warnings {
        messages.note(&format!("{}: {warning}", item.article.id));
    }
}
