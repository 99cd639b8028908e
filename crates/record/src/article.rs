//! An article as intake delivers it: immutable text and what is known about where it came from.

use crate::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One article. The text never changes after intake; everything later is an offset into it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The input's own id, or one derived from its path.
    pub id: String,
    /// Name of the outlet that published it.
    pub outlet: Option<String>,
    /// Headline. Where it also stands in the text, [`Article::headline`] says where.
    pub title: Option<String>,
    /// Address it was published at.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Language of the text.
    pub language: Language,
    /// The whole text.
    pub text: String,
    /// The headline's place in the text, where it has one.
    pub headline: Option<Span>,
    /// `SEOUL, Oct. 18 (Yonhap) --`, where the text opens with one.
    pub dateline: Option<Dateline>,
    /// Agency named in a credit line or dateline.
    pub credit: Option<String>,
}

/// The line that opens an agency text: where and when it was filed, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dateline {
    /// The whole line, up to and including the dash.
    pub span: Span,
    /// The words that name the place.
    pub place: Option<Span>,
    /// The day, its year taken from the day of publication where the line has none.
    pub date: Option<Date>,
    /// The words that name the agency.
    pub agency: Option<Span>,
}

/// ISO 639-1 code of a text's language, or `und` where there is too little text to tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(pub String);

impl Language {
    /// English, the language legation reads.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// Whether the text may be coded: English, or too short to tell.
    pub fn is_readable(&self) -> bool {
        self.0 == "en" || self.0 == "und"
    }
}

impl Default for Language {
    fn default() -> Self {
        Self("und".into())
    }
}
