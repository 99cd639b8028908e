//! What a reader found, on its way to an article: the field names that mean the same, and the last checks.

use crate::{Item, Options, Reason, Warning, dates, headline, language};
use record::{Article, Language};

/// What a reader found in an input.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) id: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    /// As written.
    pub(crate) published: Option<String>,
    /// As declared.
    pub(crate) language: Option<String>,
    pub(crate) text: String,
    pub(crate) warnings: Vec<Warning>,
}

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Outlet,
    Title,
    Url,
    Published,
    Language,
    Text,
}

/// The names of each field, ours first, then those of NGEC, POLECAT, PLOVER, NewsAPI and common corpora. Compared
/// without case, spaces, `_` and `-`, so that `Publication Date`, `publication_date` and `publicationDate` are one.
/// Where an object has several, the first in this order counts.
pub(crate) const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "articleid", "storyid", "docid", "documentid", "uuid", "guid", "eventid"]),
    (Field::Outlet, &["outlet", "publisher", "source", "sitename", "newspaper", "publication", "feed"]),
    (Field::Title, &["title", "headline"]),
    (Field::Url, &["url", "link", "sourceurl", "canonicalurl", "uri"]),
    (
        Field::Published,
        &[
            "published",
            "pubdate",
            "publicationdate",
            "publishedat",
            "datepublished",
            "publishdate",
            "date",
            "timestamp",
        ],
    ),
    (Field::Language, &["language", "lang"]),
    (Field::Text, &["text", "body", "content", "articletext", "fulltext", "maintext", "eventtext"]),
];

/// A field's name as it is compared.
pub(crate) fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

impl Draft {
    /// Sets a field by any of its names, unless it is set already. Says whether the name is known.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> bool {
        let name = plain_name(name);
        if ["author", "byline", "category", "section"].contains(&name.as_str()) {
            return true;
        }
        let Some((field, _)) =
            NAMES.iter().find(|(f, names)| *f != Field::Text && names.contains(&name.as_str()))
        else {
            return false;
        };
        self.set_field(*field, value);
        true
    }

    /// Sets a field, unless it is set already or the value is blank. Text is kept to the byte.
    pub(crate) fn set_field(&mut self, field: Field, value: &str) {
        let trimmed = value.trim();
        if trimmed.is_empty() || (field != Field::Text && trimmed == "None") {
            return;
        }
        let slot = match field {
            Field::Id => &mut self.id,
            Field::Outlet => &mut self.outlet,
            Field::Title => &mut self.title,
            Field::Url => &mut self.url,
            Field::Published => &mut self.published,
            Field::Language => &mut self.language,
            Field::Text => {
                if self.text.is_empty() {
                    self.text = value.to_owned();
                }
                return;
            }
        };
        slot.get_or_insert_with(|| trimmed.to_owned());
    }

    /// The article, or why there is none. `id` is for one that brings none.
    pub(crate) fn finish(mut self, id: &str, options: &Options) -> Result<Item, Reason> {
        if self.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
            return Err(Reason::Empty);
        }
        if !self.text.contains(char::is_alphabetic) {
            return Err(Reason::NoWords);
        }
        if self.text.len() > options.article_bytes {
            return Err(Reason::TooLong { limit: options.article_bytes });
        }
        let language = self.judge_language()?;
        let published = self.published.take().and_then(|value| {
            let date = dates::parse_date(&value);
            if date.is_none() {
                self.warnings.push(Warning::UnclearDate { value });
            }
            date
        });
        let headline = headline::find(&self.text, self.title.as_deref());
        let title = self.title.or_else(|| headline.map(|span| headline::on_one_line(span.of(&self.text))));
        let article = Article {
            id: self.id.unwrap_or_else(|| id.to_owned()),
            outlet: self.outlet,
            title,
            url: self.url,
            published,
            language,
            text: self.text,
            headline,
            dateline: None,
            credit: None,
        };
        Ok(Item { article, input: String::new(), place: None, warnings: self.warnings })
    }

    /// The text's language. What the text shows counts; a declaration counts where the text is too short to tell.
    fn judge_language(&mut self) -> Result<Language, Reason> {
        let mut found = language::detect_language(&self.text);
        if let Some((code, _)) = self.language.take().and_then(|label| language::declared(&label)) {
            if found.0 == "und" {
                found = Language(code.to_owned());
            } else if found.0 != code {
                self.warnings
                    .push(Warning::OtherLanguage { declared: code.to_owned(), found: found.0.clone() });
            }
        }
        if found.is_readable() {
            return Ok(found);
        }
        let (code, name) = language::named(&found).unwrap_or(("und", "unknown"));
        Err(Reason::NotEnglish { code, name })
    }
}
