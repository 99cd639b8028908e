//! English words as dictionaries write them: closed classes, and rough lemmas.
//!
//! Out of scope: what open-class words mean; that is asked of lexicon and atlas.

/// What a word of a pattern is, by its closed class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// `with`, `to`
    Preposition,
    /// `out`, `down`: only ever part of a verb.
    Particle,
    /// `the`, `its`
    Determiner,
    /// `was`, `has`
    Auxiliary,
    /// `will`, `not`
    Modality,
    /// `that`, `if`, `and`
    Conjunction,
    /// `them`
    Pronoun,
    /// Everything else.
    Open,
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "by",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "on",
    "onto",
    "outside",
    "over",
    "past",
    "per",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
];
const PARTICLES: &[&str] =
    &["out", "up", "down", "off", "away", "back", "aside", "forward", "apart", "together", "ahead"];
const DETERMINERS: &[&str] = &[
    "a", "an", "the", "its", "their", "his", "her", "our", "your", "my", "this", "these", "those", "some",
    "any", "all", "each", "every",
];
const AUXILIARIES: &[&str] = &[
    "be", "is", "are", "am", "was", "were", "been", "being", "have", "has", "had", "having", "do", "does",
    "did", "get", "got",
];
const MODALITY: &[&str] = &[
    "will", "would", "shall", "should", "may", "might", "can", "could", "must", "cannot", "not", "never",
    "no", "nor", "n't", "wo", "if", "unless",
];
const CONJUNCTIONS: &[&str] =
    &["and", "or", "but", "that", "whether", "since", "because", "while", "than", "when"];
const PRONOUNS: &[&str] =
    &["it", "they", "he", "she", "him", "them", "we", "us", "i", "you", "itself", "themselves"];

/// The closed class of a word, in any case.
pub(super) fn class(word: &str) -> Class {
    let word = word.to_lowercase();
    let word = word.as_str();
    match () {
        () if PREPOSITIONS.contains(&word) => Class::Preposition,
        () if PARTICLES.contains(&word) => Class::Particle,
        () if DETERMINERS.contains(&word) => Class::Determiner,
        () if AUXILIARIES.contains(&word) => Class::Auxiliary,
        () if MODALITY.contains(&word) => Class::Modality,
        () if CONJUNCTIONS.contains(&word) => Class::Conjunction,
        () if PRONOUNS.contains(&word) => Class::Pronoun,
        () => Class::Open,
    }
}

/// Whether a word can be a lemma: letters, with hyphens, apostrophes, digits or dots between them.
pub(super) fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.' | '/'))
}

/// A noun as it stands and in the singular, in lower case: plural-only nouns are sometimes their own lemma.
pub(super) fn noun_forms(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let mut forms = vec![word.clone()];
    let stem =
        |ending: &str, least: usize| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= least);
    if let Some(stem) = stem("ies", 2) {
        forms.push(format!("{stem}y"));
    } else if let Some(stem) = stem("ves", 3) {
        forms.extend([format!("{stem}ve"), format!("{stem}f"), format!("{stem}fe")]);
    } else if let Some(stem) = stem("es", 2).filter(|stem| {
        ["s", "x", "z", "ch", "sh"].iter().any(|ending| stem.ends_with(ending)) && !stem.ends_with("ous")
    }) {
        forms.extend([stem.to_owned(), format!("{stem}e")]);
    } else if let Some(stem) = stem("s", 3).filter(|stem| !stem.ends_with(['s', 'u', 'i'])) {
        forms.push(stem.to_owned());
    } else if let Some(stem) = stem("men", 2) {
        forms.push(format!("{stem}man"));
    }
    forms
}

/// What the lemma of a verb form may be, the form itself first, in lower case.
pub(super) fn verb_forms(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    let mut forms = vec![word.clone()];
    for ending in ["ing", "ed", "es", "s", "d"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 2) else { continue };
        forms.push(stem.to_owned());
        if matches!(ending, "ing" | "ed") {
            forms.push(format!("{stem}e"));
            // *planning*: the consonant was doubled.
            let mut last = stem.chars().rev();
            if let (Some(a), Some(b)) = (last.next(), last.next())
                && a == b
            {
                forms.push(stem[..stem.len() - a.len_utf8()].to_owned());
            }
        }
        if ending != "ing"
            && let Some(stem) = stem.strip_suffix("ie").or_else(|| stem.strip_suffix('i'))
        {
            forms.push(format!("{stem}y"));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas_are_among_the_forms() {
        for (word, lemma) in [
            ("TROOPS", "troop"),
            ("ALLIES", "ally"),
            ("KNIVES", "knife"),
            ("CRISES", "crise"),
            ("BOXES", "box"),
            ("MEN", "men"),
            ("GUNMEN", "gunman"),
            ("TALKS", "talk"),
            ("AID", "aid"),
            ("É", "é"),
        ] {
            assert!(noun_forms(word).contains(&lemma.to_owned()), "{word}: {:?}", noun_forms(word));
        }
        for (word, lemma) in [
            ("PLANNING", "plan"),
            ("ACCUSED", "accuse"),
            ("DENIED", "deny"),
            ("ATTACKING", "attack"),
            ("SENDS", "send"),
        ] {
            assert!(verb_forms(word).contains(&lemma.to_owned()), "{word}: {:?}", verb_forms(word));
        }
    }

    #[test]
    fn closed_classes_are_told() {
        assert_eq!(class("WITH"), Class::Preposition);
        assert_eq!(class("Out"), Class::Particle);
        assert_eq!(class("CANNOT"), Class::Modality);
        assert_eq!(class("GADGET"), Class::Open);
        assert!(is_word("F-16") && is_word("PA'ANGA") && !is_word("39649") && !is_word("a{b"));
    }
}
