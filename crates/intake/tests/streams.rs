//! Many inputs, some bad: each bad one is named with its place and what to do, and the rest is read.

use intake::{Format, Input, Options, Place, Reason, Skipped, read};
use std::fs;
use std::path::PathBuf;

const GOOD: &str = "The foreign minister said on Monday that the talks would be resumed.";

fn all(inputs: &[Input]) -> (Vec<record::Article>, Vec<Skipped>) {
    let (mut articles, mut skipped) = (Vec::new(), Vec::new());
    for one in read(inputs, &Options::default()) {
        match one {
            Ok(item) => articles.push(item.article),
            Err(why) => skipped.push(why),
        }
    }
    (articles, skipped)
}

fn jsonl(content: impl Into<Vec<u8>>) -> (Vec<record::Article>, Vec<Skipped>) {
    all(&[Input::bytes("news.jsonl", content)])
}

/// A fresh folder for one test.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("a folder for the test");
    path
}

#[test]
fn json_lines_keep_the_text_exactly_and_know_the_other_names() {
    let text =
        " \u{FEFF}The envoy\u{2019}s talks \u{1F6F0}\u{FE0F} ended.\r\n\r\nHe said so\u{200B} on Monday. \n";
    let line = |fields: &str| format!("{{{fields}}}\n");
    let ours = serde_json::json!({"id": 17, "outlet": "Quay Radio", "title": "T", "url": "https://q.example/1",
        "published": "2024-10-28", "language": "en", "text": text});
    let content = format!("\u{FEFF}{ours}\n\n")
        + &line(&format!(
            r#""story_id":"s1","pub_date":"20241028","date":"2024-10-27","publisher":"Wire","headline":"H","event_text":"{GOOD}""#
        ))
        + &line(&format!(
            r#""Event ID":"p9","Publication Date":"2024-10-28","Source":"Wire","Event Text":"{GOOD}""#
        ))
        + &line(&format!(
            r#""source":{{"id":null,"name":"Wire"}},"publishedAt":"2024-10-28T10:00:00Z","text":null,"content":"{GOOD}""#
        ));
    let (articles, skipped) = jsonl(content);
    assert_eq!(skipped, []);
    assert_eq!(articles[0].text, text);
    assert_eq!(articles[0].id, "17");
    let ids: Vec<&str> = articles[1..].iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["s1", "p9", "news:5"]);
    for article in &articles[1..] {
        assert_eq!(article.outlet.as_deref(), Some("Wire"));
        assert_eq!(article.published, Some(jiff::civil::date(2024, 10, 28)));
        assert_eq!(article.text, GOOD);
    }
}

#[test]
fn broken_lines_between_good_ones() {
    let good = format!("{{\"text\":\"{GOOD}\"}}\n");
    let deep = format!("{{\"text\":{}1{}}}\n", "[".repeat(1000), "]".repeat(1000));
    let mut content =
        format!("{good}{{\"text\": \"cut off\n{good}[1,2]\n{{\"name\":\"x\"}}\n{{\"text\":\"  \"}}\n{deep}")
            .into_bytes();
    content.extend(b"{\"text\":\"The minister said on Monday \xFF that the talks would be resumed.\"}\n");
    content.extend(good.trim_end().bytes());
    let (articles, skipped) = jsonl(content);
    assert_eq!(
        articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(),
        ["news:1", "news:3", "news:8", "news:9"]
    );
    assert!(articles[2].text.contains("Monday \u{FFFD} that"));
    let said: Vec<String> = skipped.iter().map(ToString::to_string).collect();
    assert!(
        said[0].starts_with("news.jsonl, line 2: not valid JSON: EOF while parsing a string, column"),
        "{said:?}"
    );
    assert!(said[1].contains("line 4: JSON, but a list instead of an object"), "{said:?}");
    assert!(said[2].contains("line 5: no text: the fields are name; name the article's text"), "{said:?}");
    assert!(said[3].contains("line 6: empty"), "{said:?}");
    assert!(said[4].contains("line 7: not valid JSON: recursion limit exceeded"), "{said:?}");
}

#[test]
fn a_line_of_50_mb_costs_itself_only() {
    let good = format!("{{\"text\":\"{GOOD}\"}}\n");
    let mut content = good.clone().into_bytes();
    content.extend(b"{\"text\":\"");
    content.resize(content.len() + 50_000_000, b'a');
    content.extend(b"\"}\n");
    content.extend(good.bytes());
    let (articles, skipped) = jsonl(content);
    assert_eq!(articles.len(), 2);
    assert_eq!((skipped.len(), skipped[0].place), (1, Some(Place::Line(2))));
    assert!(
        skipped[0].to_string().contains("longer than 33554432 bytes, the limit for one line"),
        "{}",
        skipped[0]
    );
}

#[test]
fn json_files_hold_one_object_or_a_list_or_several() {
    let one = format!("{{\n \"text\": \"{GOOD}\"\n}}");
    let (articles, _) = all(&[Input::bytes("a.json", one.clone())]);
    assert_eq!(articles[0].id, "a");
    let (articles, skipped) = all(&[Input::bytes("a.json", format!("[{one},\n{{\"text\": oops}},{one}]"))]);
    assert_eq!(articles.iter().map(|a| a.id.as_str()).collect::<Vec<_>>(), ["a:1", "a:3"]);
    assert_eq!(skipped[0].place, Some(Place::Element(2)));
    let (articles, skipped) = all(&[Input::bytes("a.json", format!("{one}\n{one}"))]);
    assert_eq!((articles.len(), skipped.len()), (2, 0));
    let (_, skipped) = all(&[Input::bytes("a.json", format!("[{one},"))]);
    assert!(skipped[0].to_string().contains("the list has no end"));
    assert_eq!(all(&[Input::bytes("a.json", "no json at all, only words")]).1.len(), 1);
    let wide: Vec<u8> =
        format!("\u{FEFF}{{\"text\":\"{GOOD}\"}}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(jsonl(wide.clone()).0[0].text, GOOD);
    assert_eq!(jsonl(&wide[2..]).0[0].text, GOOD);
}

#[test]
fn content_decides_where_the_name_does_not() {
    let (articles, skipped) = all(&[
        Input::bytes("a", format!("{{\"text\":\"{GOOD}\"}}")),
        Input::bytes(
            "b.dat",
            format!("<!doctype html><title>Talks to be resumed</title><p>{GOOD}<p>{GOOD} They will."),
        ),
        Input::bytes("c", GOOD),
        Input::bytes("d", "<?xml version=\"1.0\"?><rss version=\"2.0\"></rss>"),
    ]);
    assert_eq!(articles.len(), 3);
    assert!(articles[1].text.starts_with("Talks to be resumed\n\nThe foreign"));
    assert!(skipped[0].to_string().contains("d: a feed is not read as articles; convert it"));
    let options = Options { format: Some(Format::Text), ..Options::default() };
    let forced = read(&[Input::bytes("a.jsonl", GOOD)], &options).next().expect("one").expect("an article");
    assert_eq!(forced.article.text, GOOD);
}

#[test]
fn empty_binary_and_long_inputs_are_named() {
    let (_, skipped) = all(&[
        Input::bytes("empty.txt", ""),
        Input::bytes("blank.txt", " \r\n\t\u{FEFF}\n"),
        Input::bytes("empty.jsonl", "\n\n"),
        Input::bytes("paper.txt", "%PDF-1.4 \u{1}"),
        Input::bytes("photo.txt", b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec()),
        Input::bytes("junk.txt", vec![0u8; 100]),
        Input::bytes("long.txt", vec![b'a'; 50_000_000]),
    ]);
    let said: Vec<String> = skipped.iter().map(ToString::to_string).collect();
    assert!(said[..3].iter().all(|s| s.contains("empty: no text in it; leave it out")), "{said:?}");
    assert_eq!(
        said[3],
        "paper.txt: not text but a PDF document; extract its text first, for example with pdftotext"
    );
    assert!(said[4].contains("a JPEG image") && said[5].contains("binary data"), "{said:?}");
    assert!(said[6].contains("longer than 5000000 bytes, the limit for one article; split it"), "{said:?}");
    assert!(skipped.iter().all(|s| !s.is_usage()));
}

#[test]
fn folders_are_walked_in_order_and_what_is_missing_is_a_usage_error() {
    let root = folder("walk");
    for (name, content) in [
        ("b.txt", GOOD),
        ("a/z.txt", GOOD),
        ("a/y.md", GOOD),
        ("photo.jpg", "no"),
        (".hidden.txt", "no"),
        ("c.csv", "no"),
        ("b.json", "{\"text\":\"\"}"),
    ] {
        fs::create_dir_all(root.join(name).parent().expect("a parent")).expect("a folder");
        fs::write(root.join(name), content).expect("a file");
    }
    fs::create_dir_all(root.join("empty")).expect("a folder");
    let shown = |path: &str| Input::Path(root.join(path));
    let (articles, skipped) =
        all(&[Input::Path(root.clone()), shown("none.txt"), shown("empty"), shown("c.csv"), shown("b.txt")]);
    // The JSON file came before `b.txt` and took the short id.
    let ids: Vec<&str> = articles.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids[..3], ["a/y", "a/z", "b.txt"]);
    assert!(ids[3].ends_with("walk/b"), "{ids:?}");
    let said: Vec<String> = skipped.iter().map(ToString::to_string).collect();
    assert!(said[0].contains("b.json: empty"), "{said:?}");
    assert!(
        said[1].ends_with("none.txt: no such file or folder; check the spelling and the folder you are in"),
        "{said:?}"
    );
    assert!(
        said[2].contains("no articles in this folder: looked for .txt .md .html .jsonl .json"),
        "{said:?}"
    );
    assert!(said[3].contains("CSV is not read as articles"), "{said:?}");
    assert_eq!(skipped.iter().map(Skipped::is_usage).collect::<Vec<_>>(), [false, true, true, false]);
}

#[test]
fn patterns_are_expanded() {
    let root = folder("pattern");
    fs::create_dir_all(root.join("x")).expect("a folder");
    for name in ["x/b.txt", "x/a.txt", "a.txt"] {
        fs::write(root.join(name), GOOD).expect("a file");
    }
    let ids = |pattern: &str| {
        let (articles, skipped) = all(&[Input::parse(&format!("{}/{pattern}", root.display()))]);
        (articles.into_iter().map(|a| a.id).collect::<Vec<_>>(), skipped)
    };
    assert_eq!(ids("**/*.txt").0, ["a", "x/a", "x/b"]);
    assert_eq!(ids("*").0, ["a"]);
    assert_eq!(ids("**").0, ["x/a", "x/b"]);
    assert_eq!(ids("*.html").1[0].reason, Reason::NoMatch);
}

#[test]
fn text_that_is_not_english_is_skipped_and_a_short_one_is_not_judged() {
    let (articles, skipped) = all(&[
        Input::bytes(
            "fr.txt",
            "Le ministre des Affaires étrangères a déclaré lundi que les pourparlers reprendraient.",
        ),
        Input::bytes("short.txt", "Oui, non."),
        Input::bytes("said.jsonl", "{\"text\":\"Oui, non.\",\"language\":\"fr\"}"),
        Input::bytes("ru.jsonl", format!("{{\"text\":\"{GOOD}\",\"language\":\"ru\"}}")),
    ]);
    assert_eq!(articles.iter().map(|a| a.language.0.as_str()).collect::<Vec<_>>(), ["und", "en"]);
    let french = Reason::NotEnglish { code: "fr", name: "French" };
    assert_eq!(skipped.iter().map(|s| &s.reason).collect::<Vec<_>>(), [&french, &french]);
}
