//! Which language a text is in, decided on the whole text; `und` where there is too little to tell.
//!
//! Two mistakes matter: coding a text that is not English as if it were, and skipping one that is. A reliable
//! verdict of the trigram detector counts; where it wavers, the share of English function words decides, because
//! English news is full of foreign names that look like another language to trigrams.

use record::Language;
use whatlang::{Lang, Script};

/// Fewer letters than this are too few.
const FEWEST_LETTERS: usize = 20;
/// Longer texts are judged by three samples of a third of this, in bytes: start, middle, end.
const SAMPLE: usize = 12_000;
/// From this many letters on, even an unreliable verdict counts against a text without English function words.
const MANY_LETTERS: usize = 60;

/// Up to this many bytes a text may be a headline: mostly names, which say nothing about the language.
const HEADLINE: usize = 200;

/// The text's language as an ISO 639-1 code, or `und`.
pub fn detect_language(text: &str) -> Language {
    let sample = sample(text);
    if sample.chars().filter(|c| c.is_alphabetic()).take(FEWEST_LETTERS).count() < FEWEST_LETTERS {
        return Language::default();
    }
    let Some(info) = whatlang::detect(&sample) else { return Language::default() };
    let code = code_and_name(info.lang()).0;
    if info.script() != Script::Latin {
        // Bulgarian has no such letters, and its trigrams are close to those of Russian.
        let russian = info.lang() == Lang::Bul && sample.contains(['ы', 'э']);
        return Language(if russian { "ru" } else { code }.to_owned());
    }
    let english = english_share(&sample);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).take(MANY_LETTERS).count();
    let verdict = if english >= 0.20 {
        "en"
    } else if info.lang() == Lang::Eng {
        if english > 0.0 || info.is_reliable() { "en" } else { "und" }
    } else if sample.len() <= HEADLINE && reads_as_english(&sample) {
        "und"
    } else if info.is_reliable() && english < 0.12 && letters >= 2 * FEWEST_LETTERS {
        code
    } else if english >= 0.10 {
        "en"
    } else if letters >= MANY_LETTERS && english < 0.05 {
        code
    } else {
        "und"
    };
    Language(verdict.to_owned())
}

/// The ISO 639-1 code and English name that a declaration (`en-GB`, `rus`, `English`) stands for.
pub(crate) fn declared(label: &str) -> Option<(&'static str, &'static str)> {
    let primary = label.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    Lang::all().iter().copied().find_map(|lang| {
        let (code, name) = code_and_name(lang);
        (primary == code || primary == lang.code() || primary.eq_ignore_ascii_case(name))
            .then_some((code, name))
    })
}

/// The static code and English name of a detected language.
pub(crate) fn named(language: &Language) -> Option<(&'static str, &'static str)> {
    Lang::all().iter().copied().map(code_and_name).find(|(code, _)| *code == language.0)
}

fn sample(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= SAMPLE {
        return text.into();
    }
    let third = SAMPLE / 3;
    let middle = text.len() / 2;
    let cut = |from: usize, to: usize| &text[text.floor_char_boundary(from)..text.floor_char_boundary(to)];
    [cut(0, third), cut(middle, middle + third), cut(text.len() - third, text.len())].join(" ").into()
}

/// Whether the small words of a headline speak for English: words that other languages have too, but not together, and
/// hardly any word that English does not have.
fn reads_as_english(text: &str) -> bool {
    const ENGLISH: &[&str] =
        &["a", "an", "at", "for", "from", "in", "is", "of", "off", "on", "over", "the", "to", "was", "with"];
    const OTHERS: &[&str] = &[
        "af", "am", "att", "av", "bir", "da", "dan", "das", "de", "del", "den", "der", "det", "di", "die",
        "du", "een", "ein", "el", "en", "er", "est", "et", "het", "il", "ke", "la", "le", "les", "med", "na",
        "och", "og", "os", "que", "se", "til", "till", "um", "una", "und", "van", "ve", "von", "yang", "zu",
    ];
    let words: std::collections::BTreeSet<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let count = |list: &[&str]| words.iter().filter(|w| list.contains(*w)).count();
    let english = count(ENGLISH);
    english >= 2 && english >= 2 * count(OTHERS)
}

/// The share of words that are frequent in English and rare in other languages: no `for` and `at`, which are Danish,
/// no `is` and `was`, which are Dutch, no `in` and `on`.
fn english_share(text: &str) -> f64 {
    const WORDS: &[&str] = &[
        "the",
        "of",
        "to",
        "and",
        "that",
        "with",
        "said",
        "by",
        "as",
        "from",
        "has",
        "his",
        "her",
        "he",
        "she",
        "it",
        "its",
        "are",
        "this",
        "which",
        "their",
        "they",
        "would",
        "been",
        "were",
        "not",
        "who",
        "after",
        "near",
        "into",
        "out",
        "than",
        "about",
        "before",
        "including",
        "during",
        "through",
        "could",
        "because",
        "while",
        "where",
        "when",
        "against",
        "between",
        "also",
        "other",
        "there",
        "last",
        "year",
        "week",
        "two",
        "three",
        "more",
        "new",
        "an",
    ];
    let (mut all, mut english) = (0usize, 0usize);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        all += 1;
        english += usize::from(word.len() <= 9 && WORDS.contains(&word.to_ascii_lowercase().as_str()));
    }
    if all == 0 { 0.0 } else { english as f64 / all as f64 }
}

fn code_and_name(lang: Lang) -> (&'static str, &'static str) {
    let code = match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
        // A language that a later release of the detector adds; the test below asks for its line here.
        #[allow(unreachable_patterns)]
        _ => "und",
    };
    (code, lang.eng_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        for lang in Lang::all() {
            assert_ne!(code_and_name(*lang).0, "und", "{lang}");
        }
    }

    #[test]
    fn languages_are_told_apart() {
        for (code, text) in [
            ("en", "The foreign minister said on Monday that talks would resume in Geneva."),
            (
                "en",
                "Zelenskyy, Erdogan, Mitsotakis and Pashinyan met with Scholz in Bratislava, the Slovak foreign ministry said.",
            ),
            ("ru", "Министр иностранных дел заявил в понедельник, что переговоры возобновятся."),
            ("uk", "Міністр закордонних справ заявив у понеділок, що переговори відновляться в Женеві."),
            (
                "fr",
                "Le ministre des Affaires étrangères a déclaré lundi que les pourparlers reprendraient à Genève.",
            ),
            (
                "de",
                "Der Außenminister sagte am Montag, dass die Gespräche in Genf wieder aufgenommen würden.",
            ),
            (
                "es",
                "El ministro de Asuntos Exteriores dijo el lunes que las conversaciones se reanudarían en Ginebra.",
            ),
            ("pl", "Minister spraw zagranicznych powiedział w poniedziałek, że rozmowy zostaną wznowione."),
            ("it", "Il ministro degli Esteri ha dichiarato lunedì che i colloqui riprenderanno a Ginevra."),
            ("nl", "De minister van Buitenlandse Zaken zei maandag dat de gesprekken worden hervat."),
            (
                "da",
                "Udenrigsministeren sagde mandag, at forhandlingerne er klar til at blive genoptaget for at sikre freden.",
            ),
            (
                "en",
                "Guerrillas near Hawijah launched an attack that left 6 dead, including 4 Iraqi soldiers.",
            ),
            ("tr", "Dışişleri Bakanı pazartesi günü görüşmelerin Cenevre'de yeniden başlayacağını söyledi."),
            ("ko", "외교부 장관은 월요일 제네바에서 회담이 재개될 것이라고 말했다고 전했다."),
            ("ru", "Россия в пятницу заявила, что направит войска на базы. Министр осудил нападение."),
            ("und", "Palestinian gunmen shoot Israeli settlers at Huwara checkpoint in West Bank"),
            ("und", "Nicolas Maduro accuses Javier Milei in Buenos Aires speech at Plaza de Mayo"),
            ("und", "Kyiv, Oct. 28"),
            ("und", ""),
        ] {
            assert_eq!(detect_language(text).0, code, "{text}");
        }
    }

    #[test]
    fn declarations_are_understood() {
        assert_eq!(declared("en-GB"), Some(("en", "English")));
        assert_eq!(declared("Russian").map(|d| d.0), Some("ru"));
        assert_eq!(declared("x-unknown"), None);
    }
}
