//! What a reader of the pages notices: sections, widths, colours, and that nothing in an article becomes markup.

mod common;

use common::{BARE, BOAT, command, file, finish, legation, legation_with};
use std::process::Stdio;
use unicode_width::UnicodeWidthStr as _;

#[test]
fn the_page_has_its_parts() {
    let page = legation_with(&["read", "-"], BOAT);
    assert_eq!(page.code, 0, "{}", page.err);
    for part in [
        "Coastal states trade blame",
        "Harbour Gazette · 12 March 2024",
        "EVENTS (",
        "“",
        "— ",
        "denied",
        "PLACES",
        "PEOPLE",
        "offices held on 12 March 2024",
        "planned",
        "happened",
    ] {
        assert!(page.out.contains(part), "{part} is missing in\n{}", page.out);
    }
    assert!(page.out.contains('*'), "the anchor is marked without colour too");
}

#[test]
fn what_is_not_given_is_said_to_be_so() {
    let page = legation_with(&["read", "-"], BARE);
    assert!(page.out.contains("outlet not given · no date given"), "{}", page.out);
    let page = legation_with(&["read", "-", "--date", "2023-02-01", "--outlet", "Fjord Post"], BARE);
    assert!(page.out.contains("Fjord Post · 1 February 2023"), "{}", page.out);
    let page = legation_with(&["read", "-", "--date", "2023-02-01", "--outlet", "Fjord Post"], BOAT);
    assert!(
        page.out.contains("Harbour Gazette · 12 March 2024"),
        "what the article says counts more\n{}",
        page.out
    );
}

#[test]
fn no_page_judges_what_is_so() {
    for format in ["text", "html", "markdown"] {
        let page = legation_with(&["read", "-", "--explain", "--format", format], BOAT);
        let words = page.out.split(|c: char| !c.is_alphanumeric());
        assert!(!words.into_iter().any(|word| word.eq_ignore_ascii_case("true")), "{}", page.out);
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let article = file("colour", "boat.txt", BOAT);
    let has_colour = |arguments: &[&str], variable: &str, value: &str| {
        finish(command(arguments).env(variable, value).stdin(Stdio::null())).out.contains('\u{1b}')
    };
    assert!(!has_colour(&["read", &article], "X", ""));
    assert!(has_colour(&["read", &article, "--color", "always"], "X", ""));
    assert!(!has_colour(&["read", &article, "--color", "never"], "CLICOLOR_FORCE", "1"));
    assert!(!has_colour(&["read", &article], "NO_COLOR", "1"));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let long = format!(
        "{BOAT}\nThe {} of 北京市人民政府和其他机构的代表们在周一举行了会谈 shelled Latvia 🛰️🛰️, the ministry said.\n",
        "x".repeat(150)
    );
    let article = file("width", "long.txt", long);
    for (columns, width) in [("60", 60), ("80", 80), ("120", 120), ("10", 24)] {
        for arguments in
            [vec!["read", &article, "--explain"], vec!["explain", "AID"], vec!["actors", "Russia"]]
        {
            let page = finish(command(&arguments).env("COLUMNS", columns).stdin(Stdio::null()));
            for line in page.out.lines() {
                assert!(line.width() <= width, "{} columns: {line}", line.width());
            }
        }
    }
}

#[test]
fn an_article_cannot_become_markup_or_move_the_cursor() {
    let hostile = "Title: <script>alert(1)</script> \u{1b}]0;owned\u{7}\nOutlet: \"><img src=x onerror=alert(1)>\n\n\
        Russia shelled Latvia, <b onclick='x'>the ministry</b> said in \u{1b}[31mRiga\u{1b}[0m. \
        [Estonia](javascript:alert(1)) arrested ![x](y) six \u{202e}reporters & <script>alert(2)</script>.\n";
    let page = legation_with(&["read", "-", "--format", "html"], hostile).out;
    let body = page.split("</style>").nth(1).expect("a page");
    for tag in ["<script", "<img", "<b onclick", "javascript:alert(1)\"", "\u{1b}", "\u{202e}"] {
        assert!(!body.contains(tag), "{tag} in\n{body}");
    }
    assert!(body.contains("&lt;script&gt;alert(2)&lt;/script&gt;"), "the text is there, as text\n{body}");
    let text = legation_with(&["read", "-"], hostile).out;
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
    let markdown = legation_with(&["read", "-", "--format", "markdown"], hostile).out;
    assert!(!markdown.contains("<script") && !markdown.contains("[Estonia](javascript"), "{markdown}");
}

#[test]
fn the_html_page_stands_alone() {
    let article = file("alone", "boat.txt", BOAT);
    let page = legation(&["read", &article, &article, "--format", "html"]).out;
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("<article>").count(), 2);
    assert_eq!(page.matches("<html").count(), 1);
    for outside in ["src=", "@import", "url(", "<link", "http://", "https://", "<script"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for tag in ["span", "a", "p", "div", "section", "article", "ul", "li", "b", "blockquote"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "<{tag}>");
    }
    let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "ids are unique");
}
