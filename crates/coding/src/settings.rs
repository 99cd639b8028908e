//! Where, when, how many and under which treaty: what stands around an event in its own clause.
//!
//! Each piece is taken only from words that belong to the event's predicate or to the clause that carries it. The
//! dateline, the publication date and a capital that stands for its government are never an event's place or time.

use crate::{
    frames::Match,
    lexicon::{BasisWords, Lexicon},
    mentions::{Mention, Mentions},
    prepositions::{INTO, WHERE},
    quantities::Count,
    syntax::Syntax,
    times::TimeExpression,
};
use record::{
    Span, TokenId, Upos,
    reading::{MentionKind, Place, PlacePrecision},
};

/// The clause that carries an event: its own predicate, the support verb of a noun, or the verb whose argument it is.
pub fn carriers(syntax: &Syntax<'_>, event: &Match<'_>) -> Vec<TokenId> {
    let mut carriers = vec![event.anchor];
    if let Some((verb, _)) = event.light {
        carriers.push(verb);
    }
    if event.form == "noun" && event.light.is_none() {
        let first = syntax.first_conjunct(event.anchor);
        if let Some(head) = syntax.head(first)
            && syntax.upos(head) == Upos::Verb
            && matches!(syntax.deprel(first), "nsubj" | "nsubj:pass")
        {
            carriers.push(head);
        }
    }
    // *managed to recapture the town on Wednesday*: the time may hang on the verb that governs the infinitive.
    let mut at = event.anchor;
    while syntax.deprel(at) == "xcomp"
        && let Some(head) = syntax.head(at)
        && carriers.len() < 6
    {
        carriers.push(head);
        at = head;
    }
    carriers
}

/// Where the event happens.
pub fn place<'m>(
    syntax: &Syntax<'_>,
    mentions: &'m Mentions,
    event: &Match<'_>,
) -> Option<(&'m Mention, Place)> {
    let mut best: Option<(u8, &Mention, Place)> = None;
    let mut bearers = carriers(syntax, event);
    // *the fighting in Kursk*, *shelled a village in Sumy*: the object's and a complement's place is the event's.
    for bearer in bearers.clone() {
        for kid in syntax.children(bearer) {
            if matches!(syntax.relation(*kid), "obj" | "nsubj" | "nmod" | "obl" | "xcomp")
                && syntax.deprel(*kid) != "nmod:poss"
            {
                bearers.extend(syntax.conjuncts(*kid));
            }
        }
    }
    // What is acted on may itself be the place.
    for recipient in &event.recipients {
        consider(mentions, recipient.token, 1, &mut best);
    }
    for object in carriers(syntax, event).into_iter().flat_map(|at| syntax.children_by(at, "obj")) {
        consider(mentions, object, 1, &mut best);
    }
    for bearer in bearers {
        for kid in syntax.children(bearer) {
            if !matches!(syntax.relation(*kid), "obl" | "nmod" | "advmod")
                || syntax.deprel(*kid) == "nmod:poss"
            {
                continue;
            }
            let Some(preposition) = syntax.preposition(*kid) else { continue };
            // *On* the border is a place too; whereto and wherefrom give one only below the level of a country.
            let preposition = preposition.as_str();
            let rank = if preposition == "on" || WHERE.contains(&preposition) {
                3
            } else if INTO.contains(&preposition) || matches!(preposition, "to" | "through" | "from") {
                2
            } else {
                continue;
            };
            for member in syntax.conjuncts(*kid) {
                for word in place_words(syntax, member) {
                    consider(mentions, word, rank, &mut best);
                }
            }
        }
    }
    best.map(|(_, mention, place)| (mention, place))
}

/// The words of a place phrase that may carry its name: *the Kursk region*, *the city of Goma*, *Russian territory*.
fn place_words(syntax: &Syntax<'_>, head: TokenId) -> Vec<TokenId> {
    let mut words = vec![head];
    for kid in syntax.children(head) {
        let of = syntax.relation(*kid) == "nmod"
            && matches!(syntax.preposition(*kid).as_deref(), Some("of" | "in" | "near"));
        if of || matches!(syntax.relation(*kid), "compound" | "flat" | "amod" | "appos" | "nmod:poss") {
            words.push(*kid);
            words.extend(syntax.children(*kid).iter().copied().filter(|k| syntax.relation(*k) == "compound"));
        }
    }
    words
}

/// Keeps the more exact and more clearly marked place. A country that is only a side or a destination is none.
fn consider<'m>(
    mentions: &'m Mentions,
    word: TokenId,
    rank: u8,
    best: &mut Option<(u8, &'m Mention, Place)>,
) {
    let Some(mention) = mentions.at(word) else { return };
    let Some(place) = &mention.place else { return };
    if place.precision == PlacePrecision::Country && rank < 3 {
        return;
    }
    let exactness = match place.precision {
        PlacePrecision::Site => 5,
        PlacePrecision::City => 4,
        PlacePrecision::Admin2 => 3,
        PlacePrecision::Admin1 => 2,
        PlacePrecision::Region => 1,
        PlacePrecision::Country => 0,
    };
    let score = rank * 2 + exactness;
    if best.as_ref().is_none_or(|(other, ..)| score > *other) {
        *best = Some((score, mention, place.clone()));
    }
}

/// When the event happens: the time expression of its own clause.
pub fn time<'t>(
    syntax: &Syntax<'_>,
    lexicon: &Lexicon,
    times: &'t [TimeExpression],
    event: &Match<'_>,
) -> Option<&'t TimeExpression> {
    let carriers = carriers(syntax, event);
    let sentence = &syntax.doc.sentences[syntax.doc.sentence_of(event.anchor)];
    let first = times.partition_point(|time| time.tokens.start < sentence.tokens.start);
    times[first..]
        .iter()
        .take_while(|time| time.tokens.start < sentence.tokens.end)
        .filter_map(|time| {
            let head =
                time.tokens.ids().find(|id| syntax.head(*id).is_none_or(|h| !time.tokens.contains(h)))?;
            // *Until Friday*, *before the vote*: a bound, not the day.
            let bound = syntax
                .preposition(head)
                .is_some_and(|p| matches!(p.as_str(), "until" | "till" | "before" | "after" | "by"));
            if bound && !time.deadline || time.of_the_next {
                return None;
            }
            // *the accord of September 2002*, *the 2003 treaty*: the day of the noun.
            let of_noun = syntax.head(head).is_some_and(|above| {
                let noun = matches!(syntax.upos(above), Upos::Noun | Upos::Propn)
                    && !lexicon.classes.has("time_noun", &syntax.lemma(above).to_lowercase())
                    && !carriers.contains(&above);
                let inside = matches!(syntax.relation(head), "amod" | "compound" | "nummod")
                    || syntax.preposition(head).as_deref() == Some("of");
                noun && inside
            });
            if of_noun {
                return None;
            }
            let depth = syntax.path_up(head).take(8).position(|at| carriers.contains(&at))?;
            // Between the time and the event there may be phrases, but no other clause.
            let blocked = syntax.path_up(head).take(depth).any(|at| syntax.is_predicate(at));
            (!blocked).then_some((depth, time))
        })
        .min_by_key(|(depth, time)| {
            let idle = time.when.is_none() && time.ahead.is_none() && time.lasting.is_none();
            (idle, *depth, time.tokens.start)
        })
        .map(|(_, time)| time)
        .or_else(|| {
            // *a day after it had freed the pilot*: the first act behind it.
            let here = times[first..].iter().take_while(|time| time.tokens.start < sentence.tokens.end);
            here.filter(|time| time.of_the_next && time.tokens.end <= event.anchor.0).find(|time| {
                let between = time.tokens.end..event.anchor.0;
                between.clone().all(|token| !syntax.is_predicate(TokenId(token)))
            })
        })
}

/// The counts that belong to the event: those whose noun stands in its phrase or its arguments.
pub fn counts<'c>(
    syntax: &Syntax<'_>,
    counts: &'c [Count],
    anchors: &dyn Fn(TokenId) -> bool,
    event: &Match<'_>,
) -> Vec<&'c Count> {
    let carriers = carriers(syntax, event);
    let sentence = &syntax.doc.sentences[syntax.doc.sentence_of(event.anchor)];
    let first = counts.partition_point(|count| count.head.0 < sentence.tokens.start);
    counts[first..]
        .iter()
        .take_while(|count| count.head.0 < sentence.tokens.end)
        .filter(|count| {
            let near = syntax.path_up(count.head).take(5).find(|at| anchors(*at) || carriers.contains(at));
            near.is_some_and(|at| at == event.anchor || (carriers.contains(&at) && !anchors(at)))
        })
        .collect()
}

/// A treaty that an event is said to rest on.
pub struct Basis<'m> {
    /// The treaty's mention.
    pub mention: &'m Mention,
    /// The article named with it.
    pub article: Option<String>,
    /// The words.
    pub span: Span,
}

/// Treaties of the sentence that a basis word joins to the event or to the clause that governs it.
pub fn bases<'m>(
    syntax: &Syntax<'_>,
    mentions: &'m Mentions,
    words: &BasisWords,
    event: &Match<'_>,
) -> Vec<Basis<'m>> {
    let sentence = &syntax.doc.sentences[syntax.doc.sentence_of(event.anchor)];
    let mut found: Vec<Basis<'_>> = Vec::new();
    let governed: Vec<TokenId> = syntax
        .path_up(event.anchor)
        .take(4)
        .take_while(|at| {
            *at == event.anchor || syntax.upos(*at) == Upos::Verb || syntax.upos(*at) == Upos::Noun
        })
        .collect();
    for id in sentence.tokens.ids() {
        let Some(mention) = mentions.at(id).filter(|m| m.kind == MentionKind::Treaty && m.head == id) else {
            continue;
        };
        let mut linked = false;
        let mut article = None;
        for at in syntax.path_up(id).take(10) {
            if governed.contains(&at) {
                // The treaty itself may be what is signed or broken; then it is the act's object, not its basis.
                if linked && at != id {
                    let span = mention.span;
                    found.push(Basis { mention, article, span });
                }
                break;
            }
            let marked = syntax.preposition(at).is_some_and(|p| words.has(&p)) || words.has(syntax.lemma(at));
            linked |= marked && at != event.anchor;
            if syntax.lemma(at).eq_ignore_ascii_case("article") {
                article = syntax
                    .children(at)
                    .iter()
                    .find(|kid| syntax.upos(**kid) == Upos::Num)
                    .map(|kid| syntax.doc.token(*kid).form.clone());
            }
        }
    }
    found
}
