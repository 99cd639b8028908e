//! Whatever the bytes, reading them ends in articles and reasons, and every span fits its text.

use intake::{Input, Options, datelines, read};
use proptest::prelude::*;

fn check(name: &str, bytes: Vec<u8>) {
    for one in read(&[Input::bytes(name, bytes)], &Options::default()) {
        match one {
            Ok(mut item) => {
                datelines(&mut item.article, &["AP", "Reuters"]);
                let text = &item.article.text;
                let line = item.article.dateline.iter();
                let spans =
                    line.flat_map(|d| [Some(d.span), d.place, d.agency]).chain([item.article.headline]);
                assert!(spans.flatten().all(|span| !span.of(text).is_empty()), "{:?}", item.article);
            }
            Err(skipped) => assert!(skipped.to_string().contains("; ")),
        }
    }
}

const NAMES: &[&str] = &["a", "a.txt", "a.md", "a.html", "a.jsonl", "a.json"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), name in prop::sample::select(NAMES)) {
        check(name, bytes);
    }

    /// Pieces of the syntaxes that are read, in any order.
    #[test]
    fn random_pieces(pieces in prop::collection::vec(prop::sample::select(&[
        "<html>", "<p>", "</p>", "<div class=related>", "<script type='application/ld+json'>", "</script>", "<table>", "<a href=x>",
        "{", "}", "[", "]", "\"text\":", "\"The minister said on Monday that it was so. \"", "\\u00", "\n", "\r\n", "\n\n", "---",
        "title: x", "# ", "KYIV, ", "Oct. 18", " (AP)", " — ", ": ", "🛰️", "e\u{301}", "\u{200B}", "\u{FEFF}", "The talks were held in Geneva. ",
        "By A B", "(Reporting by ", "<!--", "<svg>", "<template>", "<select>", "&amp;", "&#x110000;", "<meta charset=", "<time datetime=",
    ][..]), 0..40), name in prop::sample::select(NAMES)) {
        check(name, pieces.concat().into_bytes());
    }
}
