//! Web pages: what a reader of the page would call the article comes out, and nothing around it.

use intake::{Input, Item, Options, Reason, Skipped, read};
use jiff::civil::date;

fn page(name: &str) -> Result<Item, Skipped> {
    let path = format!("{}/tests/pages/{name}", env!("CARGO_MANIFEST_DIR"));
    read(&[Input::parse(&path)], &Options::default()).next().expect("a page gives an article or a reason")
}

fn html(content: impl Into<Vec<u8>>) -> Result<Item, Skipped> {
    read(&[Input::bytes("page.html", content)], &Options::default()).next().expect("an article or a reason")
}

#[test]
fn a_news_page_with_jsonld_in_a_graph() {
    let article = page("jsonld-graph.html").expect("an article").article;
    assert_eq!(article.id, "jsonld-graph");
    assert_eq!(article.title.as_deref(), Some("Valdria recalls envoy over Tessin strait ‘provocation’"));
    assert_eq!(article.outlet.as_deref(), Some("The Harbour Gazette"));
    assert_eq!(article.published, Some(date(2025, 3, 14)));
    assert_eq!(
        article.url.as_deref(),
        Some("https://harbourgazette.example/world/2025/03/valdria-recalls-envoy")
    );
    assert_eq!(article.language.0, "en");
    assert_eq!(article.headline.map(|span| span.of(&article.text)), article.title.as_deref());
    let kept: Vec<&str> = article.text.split("\n\n").filter(|p| !p.starts_with("By ")).collect();
    assert_eq!(kept.len(), 7, "{kept:#?}");
    assert!(kept[1].starts_with("Valdria recalled its ambassador"));
    assert!(kept[3].contains("on a fishery protection patrol"));
    assert_eq!(kept[4], "Talks in doubt");
    assert!(kept[6].ends_with("the agenda had not been changed."));
    for around in [
        "cookies",
        "Share",
        "Photograph",
        "Related",
        "newsletter",
        "Most read",
        "seaman88",
        "©",
        "median line was drawn",
    ] {
        assert!(!article.text.contains(around), "{around} in {}", article.text);
    }
}

#[test]
fn a_page_with_opengraph_and_line_breaks_for_paragraphs() {
    let article = page("opengraph.html").expect("an article").article;
    assert_eq!(article.title.as_deref(), Some("Karsk and Velim exchange 84 prisoners"));
    assert_eq!(article.outlet.as_deref(), Some("Steppe Observer"));
    assert_eq!(article.published, Some(date(2024, 11, 2)));
    assert_eq!(article.url.as_deref(), Some("https://steppeobserver.example/news/4411"));
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 5, "{paragraphs:#?}");
    assert!(paragraphs[1].starts_with("KARSK, Nov. 2 (Steppe News) — Karsk and Velim"));
    assert!(paragraphs[3].ends_with("the mediators in Doha."));
    assert!(paragraphs[4].contains("confirmed the number"));
}

#[test]
fn an_old_page_without_metadata() {
    let article = page("plain.html").expect("an article").article;
    assert_eq!(article.title.as_deref(), Some("Parliament of Lorne votes to leave the Mid-Sea Pact"));
    assert_eq!((article.outlet, article.published, article.url), (None, None, None));
    assert_eq!(article.text.split("\n\n").count(), 4, "{}", article.text);
    assert!(!article.text.contains("Imprint") && !article.text.contains("Archive"), "{}", article.text);
}

#[test]
fn a_brief_of_two_sentences_is_kept_and_the_consent_banner_is_not() {
    let article = page("liveblog-short.html").expect("an article").article;
    assert_eq!(article.outlet.as_deref(), Some("Quay Radio"));
    assert_eq!(article.published, Some(date(2025, 1, 9)));
    assert_eq!(article.url.as_deref(), Some("https://quayradio.example/brief/77"));
    assert!(article.text.ends_with("No one was hurt, the city's police chief said."), "{}", article.text);
    assert!(!article.text.contains("cookies"));
}

#[test]
fn a_page_drawn_by_a_script_is_a_message_unless_its_jsonld_has_the_text() {
    let skipped = page("scripted.html").expect_err("no article");
    assert_eq!(skipped.reason, Reason::NoContent);
    assert!(skipped.to_string().contains("no article found in this page; if a script draws it"), "{skipped}");
    let article = page("jsonld-body.html").expect("an article").article;
    assert_eq!(article.outlet.as_deref(), Some("Lorne Telegraph"));
    assert!(article.text.ends_with("a government spokeswoman said."), "{}", article.text);
    assert_eq!(article.text.split("\n\n").count(), 3);
}

#[test]
fn declared_and_marked_encodings() {
    let article = page("windows-1251-english.html").expect("an article").article;
    assert_eq!(article.title.as_deref(), Some("Envoy recalled “for talks”"));
    assert!(article.text.contains("(Пограничная служба)"));
    assert_eq!(article.published, None, "02.11.2024 can be read in two ways");
    let article = page("utf-16.html").expect("an article").article;
    assert!(article.text.contains("— the longest pause since May") && article.text.contains("port 🚢 in"));
}

#[test]
fn a_page_in_another_language_is_skipped_by_name() {
    let skipped = page("windows-1251.html").expect_err("not English");
    assert_eq!(skipped.reason, Reason::NotEnglish { code: "ru", name: "Russian" });
    assert!(skipped.to_string().contains("not English: the text looks like Russian (`ru`)"), "{skipped}");
}

#[test]
fn hostile_pages_end_in_an_article_or_a_reason() {
    let body =
        "<p>The two governments said on Monday that the talks in Geneva would be resumed in the spring.</p>";
    let deep = format!("{}{body}{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
    assert!(html(deep).expect_err("too deep").to_string().contains("nested more than 600 deep"));
    let unclosed = format!("<html><body>{}{body}{body}{body}<b><i><a href=", "<div class=x>".repeat(500));
    assert!(html(unclosed).expect("read all the same").article.text.contains("resumed in the spring"));
    let many = format!("<html><body>{}", "<p>a".repeat(250_000));
    assert!(html(many).is_err());
    assert_eq!(html("<html><body></body></html>").expect_err("nothing").reason, Reason::NoContent);
    assert_eq!(html("  \n").expect_err("nothing").reason, Reason::Empty);
    assert!(html(vec![b'<'; 50_000]).is_err());
    assert!(html("<p>".as_bytes().repeat(3_400_000)).is_err());
}

#[test]
fn broken_jsonld_does_not_cost_the_page() {
    let body = "The two governments said on Monday that the talks in Geneva would be resumed in the spring. "
        .repeat(4);
    let page = format!(
        "<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",,</script><meta property='og:site_name' \
         content='Quay Radio'><title>Talks to be resumed soon | Quay Radio</title></head><body><p>{body}</p></body></html>"
    );
    let article = html(page).expect("an article").article;
    assert_eq!(article.outlet.as_deref(), Some("Quay Radio"));
    assert_eq!(article.title.as_deref(), Some("Talks to be resumed soon"));
}
