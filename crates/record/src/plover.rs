//! PLOVER's vocabulary (codebook 0.8, 2021): event types, quad classes, sectors; and the actuality of an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The 16 PLOVER event types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Agree to, offer, promise, or otherwise indicate willingness to cooperate.
    Agree,
    /// Meet, visit, negotiate, mediate, talk by telephone.
    Consult,
    /// Praise, endorse, recognise, sign an agreement, start or ease diplomatic relations.
    Support,
    /// Yield in words or in policy: ease a restriction, accept a demand, resign, release.
    Concede,
    /// Substantive cooperation: joint exercises, trade, sharing of intelligence, extradition.
    Cooperate,
    /// Provide aid: economic, military, humanitarian; asylum; forces sent to help a partner.
    Aid,
    /// Withdraw forces, surrender, cease fire, give up territory.
    Retreat,
    /// Ask, demand, appeal, call for.
    Request,
    /// Blame, condemn, accuse, sue, indict, investigate.
    Accuse,
    /// Refuse, veto, deny, decline to cooperate.
    Reject,
    /// Threaten, warn, give an ultimatum.
    Threaten,
    /// Demonstrate, strike, riot, boycott by a population.
    Protest,
    /// Reduce or break relations, embargo, expel, suspend aid, leave a body.
    Sanction,
    /// Raise the readiness or presence of forces against an opponent.
    Mobilize,
    /// Arrest, seize, repress, censor, restrict; a blockade; a cyber-attack.
    Coerce,
    /// Use of force.
    Assault,
}

impl EventType {
    /// All types in codebook order.
    pub const ALL: [EventType; 16] = {
        use EventType::*;
        [
            Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten,
            Protest, Sanction, Mobilize, Coerce, Assault,
        ]
    };

    /// `AID`.
    pub fn as_str(self) -> &'static str {
        use EventType::*;
        match self {
            Agree => "AGREE",
            Consult => "CONSULT",
            Support => "SUPPORT",
            Concede => "CONCEDE",
            Cooperate => "COOPERATE",
            Aid => "AID",
            Retreat => "RETREAT",
            Request => "REQUEST",
            Accuse => "ACCUSE",
            Reject => "REJECT",
            Threaten => "THREATEN",
            Protest => "PROTEST",
            Sanction => "SANCTION",
            Mobilize => "MOBILIZE",
            Coerce => "COERCE",
            Assault => "ASSAULT",
        }
    }

    /// The quad class the type belongs to.
    pub fn quad(self) -> Quad {
        use EventType::*;
        match self {
            Agree | Consult | Support | Concede => Quad::VerbalCooperation,
            Cooperate | Aid | Retreat => Quad::MaterialCooperation,
            Request | Accuse | Reject | Threaten => Quad::VerbalConflict,
            Protest | Sanction | Mobilize | Coerce | Assault => Quad::MaterialConflict,
        }
    }
}

/// Verbal or material, cooperation or conflict. Numbered 1 to 4 in outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quad {
    /// 1
    VerbalCooperation = 1,
    /// 2
    MaterialCooperation = 2,
    /// 3
    VerbalConflict = 3,
    /// 4
    MaterialConflict = 4,
}

/// Whether the words say that the event took place.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Actuality {
    /// It took place.
    #[default]
    Actual,
    /// It is going on.
    Ongoing,
    /// It took place in another time than the story's.
    Historical,
    /// It is intended or scheduled.
    Planned,
    /// Somebody promised it.
    Promised,
    /// Somebody threatened it.
    Threatened,
    /// Somebody asked for it or ordered it.
    Requested,
    /// It may have taken place or may take place.
    Possible,
    /// It hangs on a condition.
    Conditional,
    /// No particular event: a habit, a rule, a general statement.
    Generic,
}

impl Actuality {
    /// Whether the words present the event as having happened, whenever that was.
    pub fn is_real(self) -> bool {
        matches!(self, Self::Actual | Self::Ongoing | Self::Historical)
    }

    /// The lower-case word used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Ongoing => "ongoing",
            Self::Historical => "historical",
            Self::Planned => "planned",
            Self::Promised => "promised",
            Self::Threatened => "threatened",
            Self::Requested => "requested",
            Self::Possible => "possible",
            Self::Conditional => "conditional",
            Self::Generic => "generic",
        }
    }
}

/// Whether the words affirm the event or deny it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Affirmed.
    #[default]
    Positive,
    /// Negated.
    Negative,
}

macro_rules! sectors {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// PLOVER sectors and kinds of actors that are not states.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[allow(clippy::upper_case_acronyms, missing_docs)]
        pub enum Sector { $($(#[$doc])* $name),* }

        impl Sector {
            /// The three-letter code.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }

            /// From the three-letter code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $(stringify!($name) => Some(Self::$name),)* _ => None }
            }
        }
    };
}

sectors! {
    COP, GOV, JUD, LEG, MIL, PRM, PTY, REB, SPY, UAF, UNK,
    AGR, BUS, CRM, CVL, EDU, ELI, JRN, LAB, MED, REF, OPP, PRE, REL, SOC,
    IGO, UNO, EUR, NGO, ISM, IMG, MNC,
}
