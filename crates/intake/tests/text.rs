//! Plain text and Markdown: the text is kept, and spans select the words they name.

use intake::{Input, Item, Options, Warning, datelines, read};
use jiff::civil::date;
use record::CharIndex;

fn article(name: &str, content: impl Into<Vec<u8>>) -> Item {
    read(&[Input::bytes(name, content)], &Options::default()).next().expect("one").expect("an article")
}

#[test]
fn text_is_kept_to_the_byte_and_spans_select_their_words() {
    let text = "\u{200B}Talks 🛰️ reopen in Gene\u{301}va\r\n\r\nGENEVA, Oct. 18 (Yonhap) -- Envoys\u{200D} met\t  again.\r\n\r\nMore.\r\n ";
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(text.bytes());
    let mut article = article("a.txt", bytes).article;
    assert_eq!(article.text, text);
    article.published = Some(date(2024, 10, 20));
    datelines(&mut article, &["Yonhap"]);
    let words = |span: record::Span| span.of(&article.text);
    assert_eq!(article.headline.map(words), Some("\u{200B}Talks 🛰️ reopen in Gene\u{301}va"));
    let line = article.dateline.as_ref().expect("a dateline");
    assert_eq!(words(line.span), "GENEVA, Oct. 18 (Yonhap) --");
    assert_eq!(line.place.map(words), Some("GENEVA"));
    assert_eq!(line.agency.map(words), Some("Yonhap"));
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = CharIndex::new(&article.text).range(line.span);
    assert_eq!(chars[start..end].iter().collect::<String>(), "GENEVA, Oct. 18 (Yonhap) --");
}

#[test]
fn a_header_gives_the_metadata_and_leaves_the_text() {
    let text = "Title: Envoys meet again\r\nOutlet: Scheldt Courier\r\nDate: October 28, 2024\r\nURL: https://scheldt.example/a\r\n\r\nEnvoys met  again.\r\n";
    let article = article("dir/k05.txt", text).article;
    assert_eq!(article.id, "k05");
    assert_eq!(article.text, "Envoys met  again.\r\n");
    assert_eq!(article.outlet.as_deref(), Some("Scheldt Courier"));
    assert_eq!(article.published, Some(date(2024, 10, 28)));
    assert_eq!(article.title.as_deref(), Some("Envoys meet again"));
    assert_eq!(article.headline, None);
}

#[test]
fn markdown_loses_its_markup_and_keeps_its_words() {
    let text = "---\ntitle: Envoys meet\ndate: 2024-10-28\n---\n# Envoys meet\n\nThe **foreign minister** of\n[Lorne](https://l.example) said *no*.\n\n> Not now.\n\n- one\n- two\n\n![map](m.png)\n";
    let article = article("a.md", text).article;
    assert_eq!(
        article.text,
        "Envoys meet\n\nThe foreign minister of Lorne said no.\n\nNot now.\n\none\n\ntwo"
    );
    assert_eq!(article.headline.map(|span| span.of(&article.text)), Some("Envoys meet"));
    assert_eq!(article.published, Some(date(2024, 10, 28)));
}

#[test]
fn any_encoding_is_read_and_doubt_is_said() {
    let sentence = "The envoy’s talks — held in Kyiv — ended on Monday, the foreign ministry said.";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(sentence);
    let item = article("a.txt", bytes.into_owned());
    assert_eq!(item.article.text, sentence);
    assert_eq!(item.warnings, [Warning::Guessed { encoding: "windows-1252", at: 9 }]);
    let item = article(
        "a.txt",
        b"The envoy said on Monday \xE2\x80\x94 that the talks \xF0\x9F\x9B had ended.".to_vec(),
    );
    assert!(item.article.text.contains("— that the talks \u{FFFD} had"));
    assert_eq!(item.warnings, [Warning::Replaced { encoding: "UTF-8", at: 44 }]);
    let utf16: Vec<u8> = sentence.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(article("a.txt", utf16).article.text, sentence);
}

#[test]
fn a_date_that_is_unclear_is_no_date() {
    let item = article("a.txt", "Title: Envoys meet\nDate: 10/11/2024\n\nEnvoys met again on Monday.");
    assert_eq!(item.article.published, None);
    assert!(item.warnings[0].to_string().contains("`10/11/2024` cannot be read with certainty"));
}
