//! Datelines and credit lines in the forms of the agencies, and sentences that only look like them.

use intake::{credit_lines, datelines};
use jiff::civil::date;
use record::{Article, Span};

const AGENCIES: &[&str] = &[
    "AP",
    "AFP",
    "Agence France-Presse",
    "Reuters",
    "Yonhap",
    "Xinhua",
    "TASS",
    "PTI",
    "KCNA",
    "CNN",
    "Associated Press",
    "The Associated Press",
];

fn read(text: &str) -> Article {
    let mut article =
        Article { text: text.into(), published: Some(date(2024, 10, 28)), ..Article::default() };
    datelines(&mut article, AGENCIES);
    article
}

/// `line|place|date|agency` of a text's dateline.
fn line(text: &str) -> String {
    let article = read(text);
    let Some(line) = article.dateline else { return String::new() };
    let words = |span: Option<Span>| span.map_or("", |span| span.of(text));
    let day = line.date.map(|d| d.to_string()).unwrap_or_default();
    format!("{}|{}|{day}|{}", words(Some(line.span)), words(line.place), words(line.agency))
}

#[test]
fn the_forms_of_the_agencies() {
    for (text, expected) in [
        ("SEOUL, Oct. 18 (Yonhap) -- South Korea said", "SEOUL, Oct. 18 (Yonhap) --|SEOUL|2024-10-18|Yonhap"),
        ("MOSCOW (Reuters) - Russia said", "MOSCOW (Reuters) -|MOSCOW||Reuters"),
        ("KYIV, Ukraine (AP) — Ukraine said", "KYIV, Ukraine (AP) —|KYIV, Ukraine||AP"),
        ("PARIS, 24 October 2024 – France said", "PARIS, 24 October 2024 –|PARIS|2024-10-24|"),
        ("MOSCOW, October 28. /TASS/. Russia said", "MOSCOW, October 28. /TASS/.|MOSCOW|2024-10-28|TASS"),
        ("MOSCOW. Oct 28 (Interfax) - Russia said", "MOSCOW. Oct 28 (Interfax) -|MOSCOW|2024-10-28|Interfax"),
        ("New Delhi, Oct 28 (PTI) The government said", "New Delhi, Oct 28 (PTI)|New Delhi|2024-10-28|PTI"),
        ("ISLAMABAD: The government said", "ISLAMABAD:|ISLAMABAD||"),
        ("London CNN  —  Britain said", "London CNN  —|London||CNN"),
        ("(Reuters) - Russia said", "(Reuters) -|||Reuters"),
        (
            "WASHINGTON, D.C., Nov. 2 (AP) _ The",
            "WASHINGTON, D.C., Nov. 2 (AP) _|WASHINGTON, D.C.|2023-11-02|AP",
        ),
        (
            "UNITED NATIONS, Oct. 28 (Xinhua) -- The",
            "UNITED NATIONS, Oct. 28 (Xinhua) --|UNITED NATIONS|2024-10-28|Xinhua",
        ),
        ("PORT-AU-PRINCE, Haiti (AP) — Gangs", "PORT-AU-PRINCE, Haiti (AP) —|PORT-AU-PRINCE, Haiti||AP"),
        ("SÃO PAULO, Monday, Oct. 28 — Brazil", "SÃO PAULO, Monday, Oct. 28 —|SÃO PAULO|2024-10-28|"),
        (
            "BRUSSELS/KYIV, Dec 31 (Reuters) - The",
            "BRUSSELS/KYIV, Dec 31 (Reuters) -|BRUSSELS/KYIV|2023-12-31|Reuters",
        ),
        ("PARIS (AFP) Oct 24, 2024 - France", "PARIS (AFP) Oct 24, 2024 -|PARIS|2024-10-24|AFP"),
        ("TOKYO, Oct. 29 (Kyodo) - Japan", "TOKYO, Oct. 29 (Kyodo) -|TOKYO|2024-10-29|Kyodo"),
        ("CHARLOTTE - The wife of a man", "CHARLOTTE -|CHARLOTTE||"),
        ("Pyongyang, October 28 (KCNA) -- Kim", "Pyongyang, October 28 (KCNA) --|Pyongyang|2024-10-28|KCNA"),
        (
            "PASADENA, Calif., Jan. 1 (UPI) — The",
            "PASADENA, Calif., Jan. 1 (UPI) —|PASADENA, Calif.|2024-01-01|UPI",
        ),
        ("GENEVA, Feb. 29 (AP) — Envoys", "GENEVA, Feb. 29 (AP) —|GENEVA|2024-02-29|AP"),
        ("ABOARD AIR FORCE ONE (AP) — The", "ABOARD AIR FORCE ONE (AP) —|ABOARD AIR FORCE ONE||AP"),
    ] {
        assert_eq!(line(text), expected);
    }
}

#[test]
fn sentences_are_not_datelines() {
    for text in [
        "In Kyiv, May 9 — the day of victory — was quiet.",
        "Vladimir Putin — who has ruled since 2000 — said so.",
        "The talks (held in Geneva) - and others - failed.",
        "WATCH: The president speaks",
        "BREAKING - troops move",
        "Russia said on Oct. 18 -- without proof -- that",
        "He said: The war is over.",
        "A U.S. official (speaking anonymously) — said",
        "",
        "—",
        "(",
        "SEOUL, Oct. 18 (Yonhap) --",
    ] {
        assert_eq!(line(text), "", "{text}");
    }
}

#[test]
fn the_dateline_follows_headline_standfirst_and_byline() {
    let text = "Talks fail\r\n\r\nA second round is unlikely\r\n\r\nBy Jane Doe, Associated Press\r\n\r\nGENEVA — The talks failed.";
    let mut article = read(text);
    article.headline = Some(Span::new(0, 10));
    datelines(&mut article, AGENCIES);
    assert_eq!(article.dateline.expect("a dateline").span.of(text), "GENEVA —");
    assert_eq!(article.credit.as_deref(), Some("Associated Press"));
}

#[test]
fn without_a_day_of_publication_there_is_no_date() {
    let mut article =
        Article { text: "SEOUL, Oct. 18 (Yonhap) -- South Korea said".into(), ..Article::default() };
    datelines(&mut article, AGENCIES);
    assert_eq!(article.dateline.expect("a dateline").date, None);
}

#[test]
fn credit_lines_are_found_at_both_ends() {
    let credits = |text: &str| {
        let article = read(text);
        let lines = credit_lines(&article, AGENCIES);
        lines.iter().map(|line| line.span.of(text)).collect::<Vec<_>>().join("|")
            + " = "
            + article.credit.as_deref().unwrap_or("")
    };
    assert_eq!(credits("By Jane Doe, Reuters\n\nTalks failed."), "By Jane Doe, Reuters = Reuters");
    assert_eq!(credits("Talks failed.\n\n— AFP"), "— AFP = AFP");
    assert_eq!(credits("Talks failed. (AFP)"), "(AFP) = AFP");
    assert_eq!(credits("Talks failed.\nSource: Xinhua\n"), "Source: Xinhua = Xinhua");
    assert_eq!(
        credits("Talks failed. (Reporting by A B in Kyiv; Editing by C D)"),
        "(Reporting by A B in Kyiv; Editing by C D) = "
    );
    assert_eq!(
        credits("Talks failed.\n\nReporting by A B for Reuters; Editing by C D"),
        "Reporting by A B for Reuters; Editing by C D = Reuters"
    );
    assert_eq!(credits("Reuters reported that talks failed."), " = ");
    assert_eq!(credits("By Monday the talks had failed.\n\nSo it went."), " = ");
}
