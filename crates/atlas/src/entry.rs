//! What a name in a text may stand for.

use crate::people::Person;
use crate::{Body, Group, Outlet, Region, Seat, Service, State, Treaty};
use record::Sector;

/// One reading of a name. A name with several readings gets several entries; choosing is the caller's work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry<'a> {
    /// A state by one of its names.
    State(&'a State),
    /// An adjective or people of a state (*Russian*, *Russians*).
    Demonym(&'a State),
    /// A capital (*Pyongyang*): the government, or the town.
    Capital(&'a State),
    /// A building, street or town that stands for those who sit there (*the Kremlin*, *the Pentagon*).
    Seat(&'a State, &'a Seat),
    /// A region or group of states (*Latin American*): no single actor.
    Region(&'a Region),
    /// An international body.
    Body(&'a Body),
    /// A person who holds or held an office.
    Person(&'a Person),
    /// An armed service, intelligence service or police force.
    Service(&'a Service),
    /// An armed group, party or movement.
    Group(&'a Group),
    /// A news outlet or agency.
    Outlet(&'a Outlet),
    /// A treaty. When `generic`, the name means this treaty only where at least two of its
    /// parties are named nearby.
    Treaty {
        /// The treaty.
        treaty: &'a Treaty,
        /// Whether the name needs its parties nearby.
        generic: bool,
    },
}

impl Entry<'_> {
    /// The state the entry belongs to, where it belongs to exactly one.
    pub fn country(&self) -> Option<&str> {
        match self {
            Self::State(s) | Self::Demonym(s) | Self::Capital(s) | Self::Seat(s, _) => Some(&s.iso3),
            Self::Service(service) => Some(&service.country),
            Self::Outlet(outlet) => outlet.country.as_deref(),
            Self::Group(group) => group.home(),
            Self::Region(_) | Self::Body(_) | Self::Person(_) | Self::Treaty { .. } => None,
        }
    }

    /// The sector the entry carries by itself.
    pub fn sector(&self) -> Option<Sector> {
        match self {
            Self::Capital(_) => Some(Sector::GOV),
            Self::Seat(_, seat) => seat.sector,
            Self::Body(body) => body.sector,
            Self::Service(service) => service.sector,
            Self::Group(group) => group.sector,
            Self::Outlet(_) => Some(Sector::JRN),
            Self::State(_) | Self::Demonym(_) | Self::Region(_) | Self::Person(_) | Self::Treaty { .. } => {
                None
            }
        }
    }
}
