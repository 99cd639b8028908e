//! Office-holders: who held which office from when to when.

use crate::Period;
use crate::table::Row;
use record::Sector;

pub(crate) const COLUMNS: &[&str] = &["country", "office", "title", "name", "aliases", "from", "to"];

/// What makes two rows the same tenure.
pub(crate) const KEY: &[&str] = &["country", "office", "name", "from"];

/// Kinds of office. Tables write them in `snake_case`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// The one who in fact rules where the constitution's offices do not say so (general secretary, supreme leader).
    Leader,
    /// Head of state.
    HeadOfState,
    /// Head of government.
    HeadOfGovernment,
    /// Vice-president, deputy head of government, crown prince.
    Deputy,
    /// Foreign minister.
    ForeignMinister,
    /// Defence minister.
    DefenceMinister,
    /// Interior minister.
    InteriorMinister,
    /// Commander of the armed forces or chief of the general staff.
    Commander,
    /// Head of an intelligence or security service.
    IntelligenceChief,
    /// National security adviser, secretary of a security council.
    SecurityAdviser,
    /// Spokesperson.
    Spokesperson,
    /// Ambassador, permanent representative, envoy.
    Envoy,
    /// Secretary-general of an international body.
    SecretaryGeneral,
    /// President of an international body or of its main organ.
    BodyPresident,
    /// President of the European Commission, or of another body's commission.
    CommissionPresident,
    /// President of the European Council.
    CouncilPresident,
    /// High representative of an international body.
    HighRepresentative,
    /// Director-general, administrator or head of an agency.
    DirectorGeneral,
    /// Second to any of these.
    DeputyBodyHead,
    /// Finance minister.
    FinanceMinister,
    /// Head of a regional government, or of a central bank; the title tells.
    Governor,
    /// Chief prosecutor or attorney general.
    Prosecutor,
    /// Speaker of a parliament.
    Speaker,
    /// Leader of a party.
    PartyLeader,
    /// Leader of the opposition.
    OppositionLeader,
    /// No particular office: somebody of this sector. Tables write the sector's code (`MIL`, `BUS`).
    Sector(Sector),
    /// Anything else, as the table writes it.
    Other(String),
}

impl Office {
    /// From the table's word.
    pub fn parse(word: &str) -> Self {
        if let Some(sector) = Sector::parse(word.trim()) {
            return Self::Sector(sector);
        }
        match word.trim().to_ascii_lowercase().replace([' ', '-'], "_").as_str() {
            "leader" | "paramount_leader" | "de_facto" | "de_facto_leader" | "supreme_leader" | "ruler" => {
                Self::Leader
            }
            "head_of_state" | "hos" | "monarch" => Self::HeadOfState,
            "head_of_government" | "hog" | "prime_minister" => Self::HeadOfGovernment,
            "deputy"
            | "vice_president"
            | "deputy_head_of_state"
            | "deputy_head_of_government"
            | "deputy_prime_minister"
            | "crown_prince" => Self::Deputy,
            "foreign_minister" | "foreign" | "minister_of_foreign_affairs" => Self::ForeignMinister,
            "defence_minister" | "defense_minister" | "defence" | "defense" => Self::DefenceMinister,
            "interior_minister" | "interior" => Self::InteriorMinister,
            "commander"
            | "chief_of_staff"
            | "chief_of_defence"
            | "chief_of_general_staff"
            | "army_chief"
            | "military_commander"
            | "commander_in_chief"
            | "military_chief" => Self::Commander,
            "intelligence_chief" | "intelligence" | "spy_chief" | "intelligence_head" => {
                Self::IntelligenceChief
            }
            "security_adviser"
            | "national_security_adviser"
            | "national_security_advisor"
            | "security_council_secretary" => Self::SecurityAdviser,
            "spokesperson" | "spokesman" | "spokeswoman" => Self::Spokesperson,
            "ambassador" | "envoy" | "un_ambassador" | "permanent_representative" | "special_envoy" => {
                Self::Envoy
            }
            "secretary_general" => Self::SecretaryGeneral,
            "president" | "chair" => Self::BodyPresident,
            "commission_president" => Self::CommissionPresident,
            "council_president" => Self::CouncilPresident,
            "high_representative" => Self::HighRepresentative,
            "director_general" | "director" | "head" => Self::DirectorGeneral,
            "finance_minister" => Self::FinanceMinister,
            "governor" => Self::Governor,
            "prosecutor" => Self::Prosecutor,
            "speaker" | "legislative_speaker" => Self::Speaker,
            "party_leader" => Self::PartyLeader,
            "opposition_leader" => Self::OppositionLeader,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The offices that head an international body, the foremost first.
    pub const BODY_HEADS: [Self; 4] =
        [Self::SecretaryGeneral, Self::CommissionPresident, Self::DirectorGeneral, Self::BodyPresident];

    /// The sector its holder acts in. An office in an international body is [`Sector::IGO`] whatever it is; see
    /// [`crate::Atlas::sector_of`].
    pub fn sector(&self) -> Sector {
        match self {
            Self::Sector(sector) => *sector,
            Self::Commander => Sector::MIL,
            Self::IntelligenceChief => Sector::SPY,
            Self::Speaker => Sector::LEG,
            Self::Prosecutor => Sector::JUD,
            Self::PartyLeader => Sector::PTY,
            Self::OppositionLeader => Sector::OPP,
            Self::SecretaryGeneral
            | Self::BodyPresident
            | Self::CommissionPresident
            | Self::CouncilPresident
            | Self::HighRepresentative
            | Self::DirectorGeneral
            | Self::DeputyBodyHead => Sector::IGO,
            _ => Sector::GOV,
        }
    }
}

/// One person's time in one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// ISO 3166-1 alpha-3, or the id of an international body.
    pub country: String,
    /// Kind of office.
    pub office: Office,
    /// Title as news writes it.
    pub title: String,
    /// Full name.
    pub name: String,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// From when to when.
    pub period: Period,
}

impl Tenure {
    pub(crate) fn from_row(row: &Row<'_, '_>) -> Option<Self> {
        let (country, name) = (row.text("country"), row.text("name"));
        if country.is_empty() || name.is_empty() {
            row.problem("a leader needs a country (or body) and a name".into());
            return None;
        }
        let office = row.get("office");
        if office.is_empty() {
            row.problem(format!("which office did {name} hold?"));
        }
        let title = row.text("title");
        let office = match Office::parse(office) {
            head if Office::BODY_HEADS.contains(&head) && is_deputy(&title) => Office::DeputyBodyHead,
            office => office,
        };
        Some(Self { country, office, title, name, aliases: row.list("aliases"), period: row.period() })
    }
}

fn is_deputy(title: &str) -> bool {
    let mut words = title.split([' ', '-']);
    words.any(|w| ["deputy", "assistant", "vice"].iter().any(|d| w.eq_ignore_ascii_case(d)))
}
