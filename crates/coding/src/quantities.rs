//! Numbers of people, weapons and money: exact, *about*, *at least*, *up to*, ranges; kept as bounds with their words.

use crate::{lexicon::Lexicon, syntax::Syntax};
use record::{Span, TokenId, Upos};

/// A counted thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// The noun (or money symbol's number) that is counted.
    pub head: TokenId,
    /// Qualifier, number and noun.
    pub span: Span,
    /// What is counted.
    pub what: String,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// Currency.
    pub unit: Option<String>,
}

/// All counts of a document, in text order.
pub fn find(syntax: &Syntax<'_>, lexicon: &Lexicon) -> Vec<Count> {
    let doc = syntax.doc;
    let mut found: Vec<Count> = Vec::new();
    for index in 0..doc.tokens.len() {
        let id = TokenId(index as u32);
        if syntax.upos(id) != Upos::Num
            && !(syntax.upos(id) == Upos::Noun && vague(syntax.lemma(id)).is_some())
        {
            continue;
        }
        let Some(head) = syntax.head(id) else { continue };
        let counted = match syntax.relation(id) {
            "nummod" => head,
            // *dozens of soldiers*, *three of the soldiers*, *killed 15*
            "obj" | "nsubj" | "obl" | "conj" => syntax
                .children_by(id, "nmod")
                .find(|kid| syntax.preposition(*kid).as_deref() == Some("of"))
                .unwrap_or(head),
            _ => continue,
        };
        let Some((low, high, start, end)) = bounds(syntax, id) else { continue };
        let lemma = syntax.lemma(counted).to_lowercase();
        let symbol = doc.token(counted).upos == Upos::Sym || currency(&lemma).is_some();
        let what = if symbol {
            Some("money".to_owned())
        } else {
            outcome(syntax, lexicon, counted).or_else(|| lexicon.quantities.what(&lemma).map(str::to_owned))
        };
        let Some(what) = what else { continue };
        let mut span = doc.token(start).span.cover(doc.token(end).span);
        if syntax.upos(counted) != Upos::Verb {
            span = span.cover(doc.token(counted).span);
        }
        if found.last().is_some_and(|last: &Count| last.span.overlaps(span)) {
            continue;
        }
        found.push(Count { head: counted, span, what, low, high, unit: currency(&lemma).map(str::to_owned) });
    }
    found
}

/// What became of the people counted: *15 people were killed*, *15 killed*, *killed 15 people*.
fn outcome(syntax: &Syntax<'_>, lexicon: &Lexicon, counted: TokenId) -> Option<String> {
    let what = |id: TokenId| {
        let lemma = syntax.lemma(id);
        (syntax.upos(id) == Upos::Verb).then(|| {
            lexicon.quantities.what(lemma).or_else(|| lexicon.quantities.what(&syntax.doc.token(id).form))
        })?
    };
    if let Some(found) = what(counted) {
        return Some(found.to_owned());
    }
    // *killed at least 21 people* is sometimes cut as *killed [at least …]*.
    let at_least = syntax.deprel(counted) == "obl"
        && matches!(syntax.preposition(counted).as_deref(), None | Some("at"));
    let above = syntax
        .head(counted)
        .filter(|_| at_least || matches!(syntax.deprel(counted), "obj" | "nsubj:pass" | "nsubj"));
    let below = syntax.children_by(counted, "acl").next();
    above.and_then(what).or_else(|| below.and_then(what)).map(str::to_owned)
}

/// Bounds of the number at `id`, with its first and last word, qualifiers included.
fn bounds(syntax: &Syntax<'_>, id: TokenId) -> Option<(Option<f64>, Option<f64>, TokenId, TokenId)> {
    let doc = syntax.doc;
    let word = |i: u32| doc.tokens.get(i as usize).map_or(String::new(), |t| t.form.to_lowercase());
    let (mut value, mut start, mut end) = (number(&word(id.0)), id, id);
    // Neighbouring words of one number: *1.5 million*, *two hundred thousand*.
    let mut i = id.0;
    while i > 0 && syntax.head(TokenId(i - 1)) == Some(id) && syntax.relation(TokenId(i - 1)) == "compound" {
        i -= 1;
        if let (Some(left), Some(scale)) = (number(&word(i)), value) {
            value = Some(if scale >= 100.0 { left * scale } else { left + scale });
        }
        start = TokenId(i);
    }
    let scale = number(&word(id.0 + 1))
        .filter(|n| *n >= 100.0 && doc.tokens.get(id.index() + 1).is_some_and(|t| t.upos == Upos::Num));
    if let (Some(v), Some(scale)) = (value, scale) {
        value = Some(v * scale);
        end = TokenId(id.0 + 1);
    }
    let (mut low, mut high) = match (value, vague(syntax.lemma(id))) {
        (Some(value), _) => (Some(value), Some(value)),
        (None, Some((low, high))) => (Some(low), high),
        (None, None) => return None,
    };
    // *10,000 to 12,000*, *10-12*
    if matches!(word(end.0 + 1).as_str(), "to" | "-" | "–")
        && let Some(upper) = number(&word(end.0 + 2)).filter(|upper| low.is_some_and(|low| *upper > low))
    {
        high = Some(upper);
        end = TokenId(end.0 + 2);
    }
    let before = |n: u32| start.0.checked_sub(n).map(&word).unwrap_or_default();
    let two = format!("{} {}", before(2), before(1));
    match (two.as_str(), before(1).as_str()) {
        ("at least" | "more than" | "no fewer" | "not less", _) | (_, "over" | "exceeding") => {
            high = None;
            start = TokenId(start.0 - if matches!(before(1).as_str(), "over" | "exceeding") { 1 } else { 2 });
        }
        ("up to" | "at most" | "fewer than" | "less than", _) => {
            low = None;
            start = TokenId(start.0 - 2);
        }
        (
            _,
            "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated",
        ) => {
            start = TokenId(start.0 - 1);
        }
        _ => {}
    }
    Some((low, high, start, end))
}

fn number(word: &str) -> Option<f64> {
    let plain = word.replace(',', "");
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        return plain.parse().ok().filter(|n: &f64| n.is_finite());
    }
    const WORDS: &[(&str, f64)] = &[
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("sixteen", 16.0),
        ("seventeen", 17.0),
        ("eighteen", 18.0),
        ("nineteen", 19.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("hundred", 100.0),
        ("thousand", 1e3),
        ("million", 1e6),
        ("billion", 1e9),
        ("trillion", 1e12),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// Bounds of counts without a number.
fn vague(lemma: &str) -> Option<(f64, Option<f64>)> {
    Some(match lemma {
        "dozen" => (12.0, None),
        "score" => (20.0, None),
        "hundred" => (100.0, None),
        "thousand" => (1e3, None),
        "million" => (1e6, None),
        _ => return None,
    })
}

/// The ISO 4217 code of a currency's sign or name.
pub(crate) fn currency(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "$" | "us$" | "dollar" => "USD",
        "€" | "euro" => "EUR",
        "£" => "GBP",
        "¥" | "yen" => "JPY",
        "yuan" => "CNY",
        "ruble" | "rouble" => "RUB",
        "hryvnia" => "UAH",
        _ => return None,
    })
}
