//! A web page: its main content, and what it says about itself.
//!
//! The parser's and the extractor's work can grow with the square of a page's size and depth, so a page is measured
//! before it is parsed ([`guard`]). What the page says about itself is read before the extractor takes the page apart.

mod charset;
mod content;
mod guard;
mod jsonld;
mod metadata;

use crate::Reason;
use crate::decode::decode;
use crate::draft::Draft;
use crate::headline::on_one_line;
use dom_query::Document;

/// Reads a page. `declared` is the charset of the HTTP header, which wins over the page's own.
pub(crate) fn read(bytes: &[u8], declared: Option<&str>) -> Result<Draft, Reason> {
    let own = charset::declared(bytes);
    let decoded = decode(bytes, declared.or(own.as_deref()));
    if decoded.text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    guard::measure(&decoded.text)?;
    let page = Document::from(decoded.text.as_str());
    let about = metadata::read(&page);
    let mut paragraphs = content::main(page);
    if paragraphs.is_empty() {
        paragraphs = content::fallback(&decoded.text, about.body.as_deref());
    }
    if paragraphs.is_empty() {
        return Err(Reason::NoContent);
    }
    let title = about.title.map(|title| on_one_line(&title)).filter(|title| !title.is_empty());
    if let Some(title) = &title {
        paragraphs.retain(|paragraph| paragraph != title);
        paragraphs.insert(0, title.clone());
    }
    let text = paragraphs.join("\n\n");
    let mut draft = Draft {
        title,
        text,
        outlet: about.outlet,
        url: about.url,
        language: about.language,
        ..Draft::default()
    };
    draft.published = about.published;
    draft.warnings.extend(decoded.warning);
    Ok(draft)
}
