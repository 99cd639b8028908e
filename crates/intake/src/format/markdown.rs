//! Markdown: the words, without the markup. Paragraphs are separated by a blank line; lines wrapped inside a paragraph
//! are joined; code, images and HTML tags are left out.

use crate::decode::decode;
use crate::draft::Draft;
use crate::header;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub(crate) fn read(bytes: &[u8], declared: Option<&str>) -> Draft {
    let decoded = decode(bytes, declared);
    let (mut draft, markdown) = header::split(&decoded.text);
    let mut words = Words::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        words.take(event);
    }
    words.end_paragraph();
    draft.text = words.text;
    if draft.title.is_none() {
        draft.title = words.title;
    }
    draft.warnings.extend(decoded.warning);
    draft
}

/// The text so far.
#[derive(Default)]
struct Words {
    text: String,
    paragraph: String,
    /// How many images and code blocks are open; their words are left out.
    silent: usize,
    top_heading: bool,
    title: Option<String>,
}

impl Words {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => self.silent += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock) => self.silent = self.silent.saturating_sub(1),
            Event::Start(tag) if is_block(&tag.to_end()) => {
                self.end_paragraph();
                self.top_heading = matches!(tag, Tag::Heading { level: HeadingLevel::H1, .. });
            }
            Event::End(tag) if is_block(&tag) => {
                if self.top_heading && self.title.is_none() && self.text.is_empty() {
                    self.title = Some(self.paragraph.trim().to_owned()).filter(|t| !t.is_empty());
                }
                self.end_paragraph();
            }
            Event::Text(words) | Event::Code(words) if self.silent == 0 => self.paragraph.push_str(&words),
            Event::SoftBreak | Event::HardBreak if self.silent == 0 => self.paragraph.push(' '),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.top_heading = false;
        let words = self.paragraph.trim();
        if !words.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(words);
        }
        self.paragraph.clear();
    }
}

fn is_block(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::List(_)
            | TagEnd::TableCell
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::Table
    )
}
