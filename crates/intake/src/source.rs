//! One opened input: what its first bytes show, and the reader they lead to.

use crate::draft::Draft;
use crate::format::{html, markdown, text};
use crate::records::{elements, lines};
use crate::{Format, Item, Options, Place, Reason, Skipped, binary};
use std::io::{BufReader, Cursor, Read};

/// The articles of one input.
pub(crate) type Records = Box<dyn Iterator<Item = Result<Item, Skipped>> + Send>;

/// One opened input.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// As messages name it.
    pub(crate) shown: String,
    /// For an article that brings no id.
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    /// From the HTTP header.
    pub(crate) charset: Option<String>,
    /// From the name or the HTTP header.
    pub(crate) format: Option<Format>,
}

impl Source {
    /// No article, for one reason.
    pub(crate) fn nothing(&self, reason: Reason) -> Records {
        Box::new(std::iter::once(Err(Skipped::new(&self.shown, None, reason))))
    }

    /// The articles in `input`.
    pub(crate) fn open(self, mut input: Box<dyn Read + Send>, options: &Options) -> Records {
        let mut start = Vec::new();
        if let Err(error) = (&mut input).take(binary::LOOK as u64).read_to_end(&mut start) {
            return self.nothing(error.into());
        }
        if let Some(reason) = binary::refuse(&start) {
            return self.nothing(reason);
        }
        let format = match options.format.or(self.format) {
            Some(format) => format,
            None => match Format::of_content(&start) {
                Ok(format) => format,
                Err(reason) => return self.nothing(reason),
            },
        };
        let utf16 = crate::decode::utf16(&start);
        let input = Cursor::new(start).chain(input);
        match format {
            Format::JsonLines | Format::Json => {
                // A byte order mark is taken off and UTF-16 decoded on the fly.
                let input = encoding_rs_io::DecodeReaderBytesBuilder::new()
                    .encoding(utf16)
                    .utf8_passthru(true)
                    .strip_bom(true)
                    .build(input);
                let input = BufReader::with_capacity(1 << 16, input);
                if format == Format::JsonLines {
                    lines(self, input, options)
                } else {
                    elements(self, input, options)
                }
            }
            _ => {
                let read = self.whole(input, format, options);
                Box::new(std::iter::once(read.map_err(|reason| Skipped::new(&self.shown, None, reason))))
            }
        }
    }

    /// Reads an input that is one article.
    fn whole(&self, input: impl Read, format: Format, options: &Options) -> Result<Item, Reason> {
        let charset = self.charset.as_deref();
        let draft = if format == Format::Html {
            let over = Reason::PageLimit { what: format!("more than {} bytes", options.page_bytes) };
            html::read(&limited(input, options.page_bytes, over)?, charset)?
        } else {
            // UTF-16 takes up to twice the bytes of UTF-8; the text itself is measured after decoding.
            let over = Reason::TooLong { limit: options.article_bytes };
            let bytes = limited(input, options.article_bytes.saturating_mul(2), over)?;
            if format == Format::Markdown {
                markdown::read(&bytes, charset)
            } else {
                text::read(&bytes, charset)
            }
        };
        self.finish(draft, &self.id, None, options)
    }

    /// The article of a draft from this input.
    pub(crate) fn finish(
        &self,
        mut draft: Draft,
        id: &str,
        place: Option<Place>,
        options: &Options,
    ) -> Result<Item, Reason> {
        if draft.url.is_none() {
            draft.url.clone_from(&self.url);
        }
        Ok(Item { input: self.shown.clone(), place, ..draft.finish(id, options)? })
    }
}

fn limited(input: impl Read, limit: usize, over: Reason) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    input.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit { Err(over) } else { Ok(bytes) }
}
