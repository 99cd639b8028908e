//! How a holder stands to what is reported, and how the report renders the words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the holder does with the content. An order, a plan or a threat is content, not a stance.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says it is so.
    #[default]
    Affirms,
    /// Says that what was already reported is so.
    Confirms,
    /// Says it is so against the holder's own interest.
    Admits,
    /// Says it is not so.
    Denies,
    /// Says it is so, as an accusation or without showing grounds.
    Alleges,
    /// Doubts or asks whether it is so.
    Questions,
    /// Will not say.
    Declines,
    /// Takes back what it said.
    Retracts,
}

impl Stance {
    /// All stances, in order.
    pub const ALL: [Self; 8] = [
        Self::Affirms,
        Self::Confirms,
        Self::Admits,
        Self::Denies,
        Self::Alleges,
        Self::Questions,
        Self::Declines,
        Self::Retracts,
    ];

    /// The word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Affirms => "affirms",
            Self::Confirms => "confirms",
            Self::Admits => "admits",
            Self::Denies => "denies",
            Self::Alleges => "alleges",
            Self::Questions => "questions",
            Self::Declines => "declines",
            Self::Retracts => "retracts",
        }
    }

    /// From the word used in data files and outputs.
    pub fn parse(word: &str) -> Option<Self> {
        use Stance::*;
        [Affirms, Confirms, Admits, Denies, Alleges, Questions, Declines, Retracts]
            .into_iter()
            .find(|stance| stance.as_str() == word)
    }
}

/// How sure a source is of what it says, in the terms of event factuality (FactBank: Saurí and Pustejovsky 2009).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// It is possible.
    Possible,
    /// It is likely.
    Probable,
    /// It is so, without a word of doubt.
    Certain,
}

impl Certainty {
    /// The weakest first.
    pub const ALL: [Self; 3] = [Self::Possible, Self::Probable, Self::Certain];

    /// The word used in data files and outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Probable => "probable",
            Self::Certain => "certain",
        }
    }
}

/// What makes a statement weigh more than others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// What is said is to the disadvantage of who says it.
    AgainstInterest,
    /// The text tells that the source says so for the first time, or gives up its silence or denial.
    FirstTime,
}

impl Mark {
    /// All marks, in order.
    pub const ALL: [Self; 2] = [Self::AgainstInterest, Self::FirstTime];

    /// The word used in data files and outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AgainstInterest => "against-interest",
            Self::FirstTime => "first-time",
        }
    }
}

/// Whether the content is in the holder's own words.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Quote {
    /// Wholly inside quotation marks.
    Direct,
    /// Without quotation marks.
    #[default]
    Indirect,
    /// Partly inside quotation marks.
    Mixed,
}
