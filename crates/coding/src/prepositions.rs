//! Closed classes of prepositions by what they say of a place. Used for mentions (place or government?) and for events.

/// Where something is or happens.
pub(crate) const WHERE: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "across",
    "throughout",
    "over",
    "off",
    "within",
    "along",
    "beyond",
    "north of",
    "south of",
    "east of",
    "west of",
    "close to",
    "from inside",
    "in front of",
    "next to",
];

/// Into or towards a place; never a side.
pub(crate) const INTO: &[&str] = &["into", "towards", "toward", "onto"];

/// A movement for towns and provinces; with a state they mark a side (*to Russia*, *from Iran*).
pub(crate) const DIRECTION: &[&str] = &["to", "from", "through", "via", "on", "between", "for", "of"];
