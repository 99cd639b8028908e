//! Which place a name means, decided once for the whole article.
//!
//! Every name that may be a place brings its namesakes from the gazetteer; a state's name brings the state and its
//! namesakes (*Palestine*, Texas). Mentions of one name share one sense unless their own words tell them apart (*Paris,
//! Texas* beside *Paris, France*). A sense is scored by what the name means when nothing else is known (inhabitants), by what
//! the words around say of it (*Goris, Armenia*, *the Syrian city of Homs*, *Lexington, Ky.*), by the countries and units
//! the article names, and by how near it lies to the article's other places (spatial minimality). Its confidence is the
//! score against those of its namesakes.
//!
//! Cost: linear in the number of names; the namesakes of one name and the places it is compared with are bounded.

use super::{Finder, Sort};
use atlas::{Entry, Place as AtlasPlace, State, key};
use record::{
    TokenRange, Upos,
    reading::{MentionKind, Namesake, Place, PlacePrecision},
};
use std::collections::HashMap;

/// Most namesakes of one name that are weighed, the likeliest first.
const NAMESAKES: usize = 200;
/// Most places a namesake's distance is taken to, the most named first.
const ANCHORS: usize = 32;
/// Rounds of choosing: each uses the other names' last choice.
const ROUNDS: usize = 3;
/// Most words looked back over for *the Syrian border town of*.
const REACH: usize = 7;
/// Namesakes told in a reading.
const TOLD: usize = 5;

/// What holds a place, as its own words say.
const HELD: f64 = 7.0;
/// The country is named elsewhere in the article; times the share of all countries named, by logarithms.
const COUNTRY: f64 = 2.0;
/// The country is named in the same sentence.
const SENTENCE: f64 = 1.0;
/// The first-level unit is named elsewhere in the article; per logarithm of how often.
const UNIT: f64 = 1.5;
/// The same for the unit itself, whose towns the article names.
const ITSELF: f64 = 3.0;
/// Other units of the same country are named: per logarithm of how often (*Georgia* beside *Alabama*).
const SIBLINGS: f64 = 4.0;
/// *Georgia Governor*: the office is a unit's.
const OFFICE: f64 = 4.0;
/// How much a place counts for naming its unit by lying in it.
const LIES_IN: f64 = 0.5;
/// Near other places; per logarithm of how many and how near.
const NEAR: f64 = 1.4;
/// A unit or state holds another name's likely sense whose words name it (*Atlanta, Georgia*).
const HOLDS: f64 = 3.0;
/// The name is another one than the place's own (*Artemivsk* of Bakhmut).
const OTHER_NAME: f64 = 0.6;
/// Half of the pull is lost at this distance.
const NEAR_KM: f64 = 120.0;
/// Places of the same name nearer than this are one for the confidence: a town and its district.
const SAME_KM: f64 = 60.0;
/// A state's inhabitants where its name is weighed against namesakes: the median of those in the news.
const STATE_POPULATION: u64 = 5_000_000;
/// From scores to shares.
const SHARPNESS: f64 = 1.1;
/// A place with fewer inhabitants than this is meant only where something in the article points there.
const UNLIKELY: u64 = 15_000;

/// A name that may be a place.
#[derive(Debug)]
pub(super) struct Toponym<'a> {
    mention: usize,
    key: String,
    candidates: Vec<AtlasPlace<'a>>,
    /// What the words around say holds it.
    holders: Vec<Holder<'a>>,
    /// Countries named in its sentence.
    beside: Vec<&'a str>,
    /// Whether an office of a first-level unit follows (*Georgia Governor*).
    office: bool,
    /// The state whose name or capital it may be.
    state: Option<&'a State>,
}

/// A country, or a unit of one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Holder<'a> {
    country: &'a str,
    admin1: &'a str,
    admin2: &'a str,
}

impl Holder<'_> {
    fn holds(&self, place: &AtlasPlace<'_>) -> bool {
        let whole = place.precision() == PlacePrecision::Country;
        let unit = self.admin2.is_empty() && self.is(place);
        !whole
            && !unit
            && place.country == self.country
            && (self.admin1.is_empty() || place.admin1 == self.admin1)
            && (self.admin2.is_empty() || place.admin2 == self.admin2)
    }

    /// Whether the place is this very unit.
    fn is(&self, place: &AtlasPlace<'_>) -> bool {
        place.precision() == PlacePrecision::Admin1
            && place.country == self.country
            && place.admin1 == self.admin1
    }
}

/// The mentions of one name in one sense.
struct Sense<'a> {
    toponyms: Vec<usize>,
    key: String,
    candidates: Vec<Candidate<'a>>,
    holders: Vec<Holder<'a>>,
    beside: HashMap<&'a str, usize>,
    office: bool,
    best: usize,
    confidence: f64,
}

struct Candidate<'a> {
    place: AtlasPlace<'a>,
    /// On the unit sphere, for distances.
    at: [f64; 3],
    /// What does not change from round to round.
    fixed: f64,
    score: f64,
    /// Whether something in the article points there.
    pointed: bool,
}

impl<'a> Finder<'a, '_> {
    /// The places that a name may mean, with what its words say of the kind (*region*, *county*); none where the gazetteer
    /// does not know it. Of *southern Raqqa*, *downtown Dublin* and *Maoxian county* the name itself counts.
    pub(super) fn places_named(&self, tokens: TokenRange, words: &[&str]) -> Vec<AtlasPlace<'a>> {
        let (mut start, mut end) = (tokens.start as usize, tokens.end as usize);
        if let Some((used, units)) = self.unit_behind(words, start)
            && used >= tokens.len()
        {
            return units;
        }
        let lower = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        loop {
            let name = self.syntax.doc.words(self.syntax.doc.span_of(TokenRange::new(start, end)));
            let next = words.get(end).map(|w| w.to_lowercase()).unwrap_or_default();
            if is_unit(&next) {
                // *Rapides Parish*, *Kursk region*.
                if let Some((used, found)) = self.atlas.places_at(words, start)
                    && used == end - start + 1
                {
                    return found;
                }
                let units = self.atlas.admin1(name);
                if !units.is_empty() {
                    return units;
                }
            }
            let found = self.atlas.places(name);
            if !found.is_empty() {
                return found;
            }
            if let Some((used, found)) = self.atlas.places_at(words, start)
                && used >= end - start
            {
                return found;
            }
            // What stands before or behind the name says which part or what kind; a state's part is the state's matter.
            if end - start > 1 && lower(words[end - 1]) {
                end -= 1;
            } else if end - start > 1
                && (lower(words[start]) || crate::prepositions::is_direction(words[start]))
                && !matches!(self.atlas.match_at(words, start + 1).first(), Some((_, Entry::State(_))))
            {
                start += 1;
            } else {
                return Vec::new();
            }
        }
    }

    /// The units whose short form stands at `words[at]` behind a comma or bracket (*Lexington, Ky.*): words used, units.
    pub(super) fn unit_behind(&self, words: &[&str], at: usize) -> Option<(usize, Vec<AtlasPlace<'a>>)> {
        let before = *words.get(at.checked_sub(1)?)?;
        if !matches!(before, "," | "(") {
            return None;
        }
        let (used, short) = self.atlas.unit_at(words, at)?;
        let mut found = Vec::new();
        for unit in short {
            let mut units = self.atlas.admin1(&unit.name);
            units.retain(|place| place.country == unit.country);
            found.extend(units);
        }
        (!found.is_empty()).then_some((used, found))
    }

    /// The place a state or capital stands for as a gazetteer's row, beside its namesakes.
    pub(super) fn namesakes_of(&self, state: &'a State, name: &str) -> Vec<AtlasPlace<'a>> {
        let mut found = self.atlas.places(name);
        // What the gazetteer knows by that name in the same state is the state itself, or so near that it does not matter.
        found.retain(|place| !lies_in(place, state));
        let own = AtlasPlace {
            geonames: state.geonames,
            name: &state.name,
            names: "",
            lat: state.lat.unwrap_or_default(),
            lon: state.lon.unwrap_or_default(),
            country: &state.iso3,
            admin1: "",
            admin2: "",
            feature: "A.PCLI",
            population: STATE_POPULATION,
            note: "",
            by_hand: false,
        };
        found.insert(0, own);
        found
    }

    /// Keeps what a mention's name may mean until all names are known.
    pub(super) fn keep_toponym(
        &mut self,
        mention: usize,
        mut candidates: Vec<AtlasPlace<'a>>,
        state: Option<&'a State>,
        words: &[&str],
    ) {
        candidates.truncate(NAMESAKES);
        let tokens = self.mentions.all[mention].tokens;
        let name = self.syntax.doc.words(self.syntax.doc.span_of(tokens));
        let holders = self.holders(tokens, words);
        let sentence = self.syntax.doc.sentence_of(record::TokenId(tokens.start));
        let beside = self.beside.get(sentence).cloned().unwrap_or_default();
        let office = words.get(tokens.end as usize).is_some_and(|word| is_office(word));
        self.toponyms.push(Toponym {
            mention,
            key: key::key(name),
            candidates,
            holders,
            beside,
            office,
            state,
        });
    }

    /// What the words around a name say holds it: behind (*Goris, Armenia*, *Goris in Armenia*, *Lexington, Ky.*) and before
    /// (*Armenia's Goris*, *the Syrian border town of Tal Abyad*).
    fn holders(&self, tokens: TokenRange, words: &[&str]) -> Vec<Holder<'a>> {
        let mut found = Vec::new();
        let end = tokens.end as usize;
        let next = words.get(end).copied().unwrap_or_default();
        let at = end + 1;
        if matches!(next, "," | "(")
            && let Some((_, units)) = self.atlas.unit_at(words, at)
        {
            found.extend(units.into_iter().map(|u| Holder {
                country: &u.country,
                admin1: &u.name,
                admin2: "",
            }));
        }
        // *in Russia, U.S. officials said*: what belongs to a noun behind it holds nothing.
        let attribute = |at: usize| {
            let id = record::TokenId(at as u32);
            matches!(self.syntax.relation(id), "amod" | "compound" | "nmod:poss")
                && self.syntax.head(id).is_some_and(|head| head.index() > at)
                && self.syntax.upos(self.syntax.head(id).unwrap_or(id)) == Upos::Noun
        };
        if matches!(next, "," | "(" | "in") && at < words.len() && !attribute(at) {
            self.holders_at(words, at, &mut found);
        }
        let mut at = tokens.start as usize;
        let sentence = self.syntax.doc.sentence_of(record::TokenId(tokens.start));
        let first = self.syntax.doc.sentences[sentence].tokens.start as usize;
        for step in 0..REACH {
            if at == first {
                break;
            }
            at -= 1;
            let word = words[at];
            let upos = self.syntax.upos(record::TokenId(at as u32));
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            if capital {
                if let Some(mention) = self.mentions.at(record::TokenId(at as u32))
                    && mention.tokens.end as usize == at + 1
                {
                    let genitive = words.get(at + 1).is_some_and(|w| matches!(*w, "'s" | "’s" | "'" | "’"));
                    let from = mention.tokens.start as usize;
                    let kind = mention.sort == Sort::Demonym || genitive || step > 0;
                    if kind {
                        self.holders_at(&words[..at + 1], from, &mut found);
                    }
                }
                break;
            }
            let link = matches!(word, "of" | "'s" | "’s" | "'" | "’" | "the" | "-")
                || matches!(upos, Upos::Noun | Upos::Adj | Upos::Num);
            if !link {
                break;
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The states and units that the name at `words[at]` may be.
    fn holders_at(&self, words: &[&str], at: usize, found: &mut Vec<Holder<'a>>) {
        let atlas = self.atlas;
        let names = atlas.match_at(words, at);
        let longest = names.first().map_or(0, |(used, _)| *used);
        for (_, entry) in names.iter().take_while(|(used, _)| *used == longest) {
            if let Entry::State(state) | Entry::Demonym(state) = entry {
                found.push(Holder { country: &state.iso3, admin1: "", admin2: "" });
            }
        }
        let Some((used, places)) = atlas.places_at(words, at) else { return };
        if used < longest || names.iter().any(|(n, entry)| *n == used && matches!(entry, Entry::Demonym(_))) {
            return;
        }
        for place in places.iter().take(NAMESAKES) {
            match place.precision() {
                PlacePrecision::Admin1 => {
                    found.push(Holder { country: place.country, admin1: place.admin1, admin2: "" });
                }
                PlacePrecision::Admin2 => {
                    found.push(Holder { country: place.country, admin1: place.admin1, admin2: place.admin2 })
                }
                _ => {}
            }
        }
    }

    /// Decides for all names what they mean and writes it into their mentions.
    pub(super) fn settle(&mut self) {
        let toponyms = std::mem::take(&mut self.toponyms);
        let mut senses = senses(&toponyms);
        self.weigh_senses(&mut senses, &toponyms);
        for sense in &senses {
            let chosen = &sense.candidates[sense.best];
            let doubtful = !chosen.pointed
                && chosen.place.population < UNLIKELY
                && !chosen.place.by_hand
                && chosen.place.precision() != PlacePrecision::Region;
            let place = (!doubtful).then(|| self.told(sense));
            // Towns name their countries too, for what the article leaves unsaid.
            let state = sense.toponyms.iter().any(|at| toponyms[*at].state.is_some());
            if let Some(country) = place.as_ref().and_then(|place| place.country.clone())
                && !state
                && country.len() == 3
            {
                *self.evidence.entry(country).or_default() += sense.toponyms.len();
            }
            for toponym in sense.toponyms.iter().map(|at| &toponyms[*at]) {
                self.write(toponym, &chosen.place, place.clone());
            }
        }
    }

    /// One name's sense in one of its mentions.
    fn write(&mut self, toponym: &Toponym<'a>, chosen: &AtlasPlace<'a>, place: Option<Place>) {
        let mention = &mut self.mentions.all[toponym.mention];
        let inner = mention.sort == Sort::Inner;
        let Some(state) = toponym.state else {
            *(if inner { &mut mention.origin } else { &mut mention.place }) = place;
            if inner {
                self.name_country(toponym.mention, None);
            }
            return;
        };
        if chosen.precision() == PlacePrecision::Country {
            return;
        }
        let seat = mention.sort == Sort::Seat && lies_in(chosen, state);
        if seat {
            // The capital itself: where it stands for its government, that is where it is from.
            if mention.place.is_some() {
                mention.place = place;
            } else {
                mention.origin = place;
            }
        } else if inner {
            mention.origin = place;
            self.name_country(toponym.mention, Some(&state.iso3));
        } else if place.is_some() {
            // *Georgia* of Atlanta, *Dublin* in Ohio: no state, no government.
            (mention.kind, mention.sort, mention.actor) = (MentionKind::Place, Sort::Name, None);
            (mention.place, mention.origin) = (place, None);
        }
    }

    /// Where each sentence plays, as far as its places agree.
    pub(super) fn set_scenes(&mut self) {
        let mut scenes: Vec<Option<Option<String>>> = vec![None; self.syntax.doc.sentences.len()];
        for mention in &self.mentions.all {
            let Some(place) = &mention.place else { continue };
            let whole = place.precision == PlacePrecision::Country;
            if whole && !self.stands_after(mention.head, crate::prepositions::WHERE) {
                continue;
            }
            let country =
                place.country.clone().filter(|country| country.len() == 3 && place.contested.is_none());
            let sentence = self.syntax.doc.sentence_of(record::TokenId(mention.tokens.start));
            if let Some(scene) = scenes.get_mut(sentence) {
                *scene = Some(match scene.take() {
                    Some(known) if known != country => None,
                    _ => country,
                });
            }
        }
        self.scenes = scenes.into_iter().map(Option::flatten).collect();
    }

    /// Gives an organisation the country of the place in its name, where it has none or has it from a namesake.
    fn name_country(&mut self, inner: usize, namesake: Option<&str>) {
        let mention = &self.mentions.all[inner];
        let country = mention.origin.as_ref().and_then(|place| place.country.clone());
        let Some(country) = country.filter(|country| country.len() == 3) else { return };
        let Some(outer) = self.mentions.index_at(mention.head).filter(|outer| *outer != inner) else {
            return;
        };
        let outer = &mut self.mentions.all[outer];
        let Some(actor) = outer.actor.as_mut().filter(|actor| actor.body.is_none()) else { return };
        if actor.country.is_none() || actor.country.as_deref() == namesake {
            actor.code = Some(self.atlas.code(&country, actor.sector));
            actor.country = Some(country);
        }
    }

    /// A sense as the reading prints it.
    fn told(&self, sense: &Sense<'a>) -> Place {
        let chosen = &sense.candidates[sense.best].place;
        let mut place = chosen.to_reading();
        place.confidence = (sense.confidence * 100.0).round() as f32 / 100.0;
        place.contested = self.atlas.dispute(chosen, self.on).map(atlas::Dispute::to_reading);
        let shares = shares(&sense.candidates);
        let mut others: Vec<usize> = (0..sense.candidates.len()).filter(|at| *at != sense.best).collect();
        others.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
        let some = |text: &str| Some(text).filter(|t| !t.is_empty()).map(str::to_owned);
        place.alternatives = others
            .into_iter()
            .filter(|at| shares[*at] >= 0.005)
            .map(|at| (&sense.candidates[at].place, shares[at]))
            .filter(|(other, _)| other.kilometres_to(chosen) > SAME_KM)
            .take(TOLD)
            .map(|(other, share)| Namesake {
                name: other.name.to_owned(),
                lat: other.lat,
                lon: other.lon,
                country: some(other.country),
                admin1: some(other.admin1),
                geonames: other.geonames,
                confidence: (share * 100.0).round() as f32 / 100.0,
            })
            .collect();
        place
    }

    fn weigh_senses(&self, senses: &mut [Sense<'a>], toponyms: &[Toponym<'a>]) {
        // How often each name itself gave evidence for its country: that says nothing for the name.
        let mut own: HashMap<(&str, &str), usize> = HashMap::new();
        for toponym in toponyms {
            if let Some(state) = toponym.state {
                *own.entry((toponym.key.as_str(), state.iso3.as_str())).or_default() += 1;
            }
        }
        let all: usize = self.evidence.values().sum();
        for sense in senses.iter_mut() {
            for candidate in &mut sense.candidates {
                let place = &candidate.place;
                let named = place
                    .country
                    .split('|')
                    .map(|country| {
                        let given = self.evidence.get(country).copied().unwrap_or(0);
                        given - own.get(&(sense.key.as_str(), country)).copied().unwrap_or(0).min(given)
                    })
                    .max()
                    .unwrap_or(0);
                let beside = sense.beside.contains_key(place.country);
                let held = sense.holders.iter().any(|holder| holder.holds(place));
                let other_name = key::key(place.name) != sense.key && !place.by_hand;
                let share = (1.0 + named as f64).ln() / (2.0 + all as f64).ln();
                candidate.fixed = place.prior()
                    + COUNTRY * share
                    + if beside { SENTENCE } else { 0.0 }
                    + if held { HELD } else { 0.0 }
                    + if sense.office && place.precision() == PlacePrecision::Admin1 { OFFICE } else { 0.0 }
                    - if other_name { OTHER_NAME } else { 0.0 };
                candidate.pointed = held || named > 0 || beside;
                candidate.score = candidate.fixed;
            }
            choose(sense);
        }
        for _ in 0..ROUNDS {
            let units = units_named(senses);
            let siblings = units_themselves(senses);
            let anchors = anchors(senses);
            let links = links(senses);
            for (at, sense) in senses.iter_mut().enumerate() {
                let given = unit_of(sense);
                let own_unit = unit_itself(sense);
                for candidate in &mut sense.candidates {
                    let place = &candidate.place;
                    let whole = place.precision() == PlacePrecision::Country;
                    let unit = if whole || place.admin1.is_empty() {
                        0.0
                    } else {
                        let unit = (place.country, place.admin1);
                        let named = units.get(&unit).copied().unwrap_or(0.0);
                        let others = named - given.filter(|(own, _)| *own == unit).map_or(0.0, |(_, w)| w);
                        (1.0 + others.max(0.0)).ln()
                    };
                    let mut near = 0.0;
                    if !whole {
                        for anchor in anchors.iter().filter(|anchor| anchor.sense != at) {
                            near += anchor.weight * pull(&anchor.at, &candidate.at);
                        }
                    }
                    let near = (1.0 + near).ln();
                    let own = Holder { country: place.country, admin1: place.admin1, admin2: "" };
                    let may_hold = whole || place.precision() == PlacePrecision::Admin1;
                    let holds = may_hold
                        && links.get(&own).is_some_and(|inner| inner.iter().any(|inner| *inner != at));
                    candidate.pointed |= unit > 0.0 || near > 0.1;
                    let itself = place.precision() == PlacePrecision::Admin1;
                    let mut brothers = 0.0;
                    if itself {
                        let named = siblings.get(place.country).copied().unwrap_or(0.0);
                        let own = own_unit.filter(|(country, _)| *country == place.country);
                        brothers = (1.0 + (named - own.map_or(0.0, |(_, weight)| weight)).max(0.0)).ln();
                    }
                    let pull_of_unit = if itself { ITSELF } else { UNIT };
                    candidate.score = candidate.fixed
                        + SIBLINGS * brothers
                        + pull_of_unit * unit
                        + NEAR * near
                        + if holds { HOLDS } else { 0.0 };
                }
                choose(sense);
            }
        }
    }
}

/// Mentions by name and, where their own words tell them apart, by what holds them.
fn senses<'a>(toponyms: &[Toponym<'a>]) -> Vec<Sense<'a>> {
    let mut senses: Vec<Sense<'a>> = Vec::new();
    // The senses of each name, the one used last at the end.
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, toponym) in toponyms.iter().enumerate() {
        let holders: Vec<Holder<'a>> = toponym
            .holders
            .iter()
            .filter(|holder| toponym.candidates.iter().any(|place| holder.holds(place)))
            .cloned()
            .collect();
        let known = by_key.entry(&toponym.key).or_default();
        let fits = |sense: &Sense<'a>| {
            holders.is_empty()
                || sense.holders.is_empty()
                || sense.holders.iter().any(|holder| holders.contains(holder))
        };
        let found = known.iter().rposition(|sense| fits(&senses[*sense]));
        let which = match found {
            Some(position) => known.remove(position),
            None => {
                senses.push(Sense {
                    toponyms: Vec::new(),
                    key: toponym.key.clone(),
                    candidates: toponym.candidates.iter().map(Candidate::new).collect(),
                    holders: Vec::new(),
                    beside: HashMap::new(),
                    office: false,
                    best: 0,
                    confidence: 1.0,
                });
                senses.len() - 1
            }
        };
        known.push(which);
        let sense = &mut senses[which];
        sense.toponyms.push(at);
        for holder in holders {
            if !sense.holders.contains(&holder) {
                sense.holders.push(holder);
            }
        }
        sense.office |= toponym.office;
        for country in &toponym.beside {
            *sense.beside.entry(country).or_default() += 1;
        }
    }
    senses.retain(|sense| !sense.candidates.is_empty());
    senses
}

impl<'a> Candidate<'a> {
    fn new(place: &AtlasPlace<'a>) -> Self {
        let (lat, lon) = (place.lat.to_radians(), place.lon.to_radians());
        let at = [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()];
        Self { place: *place, at, fixed: 0.0, score: 0.0, pointed: false }
    }
}

/// A place that draws others near.
struct Anchor {
    sense: usize,
    at: [f64; 3],
    weight: f64,
}

/// The places settled on so far that are exact enough to be near to, the most named first.
fn anchors(senses: &[Sense<'_>]) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = senses
        .iter()
        .enumerate()
        .filter(|(_, sense)| {
            let place = &sense.candidates[sense.best].place;
            matches!(place.precision(), PlacePrecision::City | PlacePrecision::Site | PlacePrecision::Admin2)
        })
        .map(|(at, sense)| Anchor {
            sense: at,
            at: sense.candidates[sense.best].at,
            weight: sense.confidence * (1.0 + sense.toponyms.len() as f64).ln(),
        })
        .collect();
    anchors.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.sense.cmp(&b.sense)));
    anchors.truncate(ANCHORS);
    anchors
}

/// The first-level unit a sense names, and how plainly: by itself or by what its words say holds it, or only by lying there.
fn unit_of<'a>(sense: &Sense<'a>) -> Option<((&'a str, &'a str), f64)> {
    let best = &sense.candidates[sense.best].place;
    let plainly = best.precision() == PlacePrecision::Admin1
        || sense.holders.iter().any(|holder| holder.admin1 == best.admin1);
    let exact = matches!(best.precision(), PlacePrecision::City | PlacePrecision::Admin2);
    let weight = sense.confidence * sense.toponyms.len() as f64 * if plainly { 1.0 } else { LIES_IN };
    (!best.admin1.is_empty() && (plainly || exact)).then_some(((best.country, best.admin1), weight))
}

/// The country of which a sense is a unit, and how often it is named.
fn unit_itself<'a>(sense: &Sense<'a>) -> Option<(&'a str, f64)> {
    let best = &sense.candidates[sense.best].place;
    let weight = sense.confidence * sense.toponyms.len() as f64;
    (best.precision() == PlacePrecision::Admin1).then_some((best.country, weight))
}

/// How often units of each country are named.
fn units_themselves<'a>(senses: &[Sense<'a>]) -> HashMap<&'a str, f64> {
    let mut countries = HashMap::new();
    for (country, weight) in senses.iter().filter_map(unit_itself) {
        *countries.entry(country).or_default() += weight;
    }
    countries
}

/// How often each first-level unit is named.
fn units_named<'a>(senses: &[Sense<'a>]) -> HashMap<(&'a str, &'a str), f64> {
    let mut units = HashMap::new();
    for (unit, weight) in senses.iter().filter_map(unit_of) {
        *units.entry(unit).or_default() += weight;
    }
    units
}

/// For each state and unit the senses that lie in it and whose own words name it.
fn links<'a>(senses: &[Sense<'a>]) -> HashMap<Holder<'a>, Vec<usize>> {
    let mut links: HashMap<Holder<'a>, Vec<usize>> = HashMap::new();
    for (at, sense) in senses.iter().enumerate() {
        let place = &sense.candidates[sense.best].place;
        for holder in sense.holders.iter().filter(|holder| holder.holds(place)) {
            links.entry(holder.clone()).or_default().push(at);
        }
    }
    links
}

/// 1 at the same spot, a half at [`NEAR_KM`].
fn pull(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let chord: f64 = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum();
    let half = (NEAR_KM / 6371.0) * (NEAR_KM / 6371.0);
    1.0 / (1.0 + chord / half)
}

fn choose(sense: &mut Sense<'_>) {
    // The first of equals: the atlas has sorted them.
    let mut best = 0;
    for (at, candidate) in sense.candidates.iter().enumerate() {
        if candidate.score > sense.candidates[best].score {
            best = at;
        }
    }
    sense.best = best;
    let shares = shares(&sense.candidates);
    let chosen = &sense.candidates[best].place;
    let near = |c: &Candidate<'_>| c.place.kilometres_to(chosen) <= SAME_KM;
    sense.confidence =
        sense.candidates.iter().zip(&shares).filter(|(c, _)| near(c)).map(|(_, share)| share).sum();
}

/// What part of the belief each namesake has.
fn shares(candidates: &[Candidate<'_>]) -> Vec<f64> {
    let top = candidates.iter().map(|c| c.score).fold(f64::MIN, f64::max);
    let weights: Vec<f64> = candidates.iter().map(|c| (SHARPNESS * (c.score - top)).exp()).collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Offices that first-level units have and states have not.
fn is_office(word: &str) -> bool {
    matches!(word, "Governor" | "Gov." | "Gov" | "Lt." | "Lieutenant" | "governor" | "Premier")
}

/// Whether a place is listed under a state, or under one that disputes or holds the state's territory.
pub(super) fn lies_in(place: &AtlasPlace<'_>, state: &State) -> bool {
    place.country == state.iso3 || state.contested_by.iter().any(|other| other == place.country)
}

/// Words behind a name that make it a unit's.
pub(super) fn is_unit(word: &str) -> bool {
    matches!(
        word,
        "region"
            | "oblast"
            | "province"
            | "governorate"
            | "state"
            | "prefecture"
            | "district"
            | "county"
            | "parish"
            | "voivodeship"
            | "department"
            | "canton"
            | "municipality"
            | "division"
            | "co"
            | "co."
    )
}
