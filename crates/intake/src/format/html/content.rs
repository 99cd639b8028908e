//! The paragraphs of a page's main content: Readability finds the content, then what it leaves in by habit goes out:
//! captions, link lists, share bars, consent banners.

use crate::headline::paragraphs;
use crate::options::MAX_PAGE_ELEMENTS;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

/// Elements that never hold the article's words.
const SILENT: &str = "script, style, noscript, template, nav, footer, aside, form, button, select, iframe, svg, figure, \
    figcaption, dialog, [role='navigation'], [role='dialog'], [role='complementary'], [hidden], [aria-hidden='true']";

/// Beginnings of class names and ids of what surrounds an article.
const SURROUNDINGS: &[&str] = &[
    "cookie",
    "consent",
    "gdpr",
    "related",
    "newsletter",
    "share",
    "sharing",
    "social",
    "recommend",
    "caption",
    "breadcrumb",
    "advert",
    "promo",
    "sponsor",
    "comment",
    "subscri",
    "mostread",
    "popular",
    "trending",
    "signup",
    "readmore",
    "alsoread",
    "skiplink",
    "tags",
    "toolbar",
];

/// An element with more than this percentage of a page's text is kept, whatever it is called: class names of a whole
/// page (`cookies-enabled`) look like those of its parts.
const MOST: usize = 70;

/// Shortest text taken for an article, in characters.
const SHORTEST: usize = 60;

/// The paragraphs of the main content; none where there is none.
pub(crate) fn main(page: Document) -> Vec<String> {
    clean(&page);
    // Readability hunts for more text below its threshold of 500 characters, and finds menus. News briefs are shorter.
    let config = Config {
        char_threshold: 200,
        max_elements_to_parse: MAX_PAGE_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let Ok(mut reader) = Readability::with_document(page, None, Some(config)) else { return Vec::new() };
    let Ok(found) = reader.parse() else { return Vec::new() };
    let content = Document::fragment(found.content);
    clean(&content);
    enough(blocks(&content.root()))
}

/// For pages that defeat Readability: the text repeated in JSON-LD, else the part of the page marked as the article.
pub(crate) fn fallback(page: &str, body: Option<&str>) -> Vec<String> {
    if let Some(body) = body {
        let found = paragraphs(body).map(|span| crate::headline::on_one_line(span.of(body))).collect();
        let found = enough(found);
        if !found.is_empty() {
            return found;
        }
    }
    let page = Document::from(page);
    clean(&page);
    for selector in ["[itemprop='articleBody']", "article", "main", "body"] {
        for node in page.select(selector).nodes() {
            let found = enough(
                blocks(node).into_iter().filter(|block| block.contains(['.', '!', '?', '…'])).collect(),
            );
            if !found.is_empty() {
                return found;
            }
        }
    }
    Vec::new()
}

fn enough(found: Vec<String>) -> Vec<String> {
    let length: usize = found.iter().map(|block| block.chars().count()).sum();
    if length >= SHORTEST { found } else { Vec::new() }
}

/// Takes out what is never part of an article.
fn clean(page: &Document) {
    page.select(SILENT).remove();
    let root = page.root();
    let all = root.text().trim().len();
    let mut waiting = root.children();
    while let Some(node) = waiting.pop() {
        if surrounds(&node) && node.text().trim().len() * 100 < all * MOST {
            node.remove_from_parent();
        } else {
            waiting.extend(node.children());
        }
    }
}

fn surrounds(node: &NodeRef) -> bool {
    let Some(name) = node.node_name() else { return false };
    if ["html", "head", "body", "main", "article", "p", "h1"].contains(&&*name) {
        return false;
    }
    [node.attr("class"), node.attr("id")].into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        names.split_ascii_whitespace().any(|name| {
            let joined: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
            SURROUNDINGS.iter().any(|s| joined.starts_with(s))
                || name
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| SURROUNDINGS.iter().any(|s| word.starts_with(s)))
        })
    })
}

/// The blocks of text below `node`, in order.
fn blocks(node: &NodeRef) -> Vec<String> {
    let mut blocks = Blocks::default();
    blocks.walk(node, false);
    blocks.end();
    blocks.done
}

#[derive(Default)]
struct Blocks {
    done: Vec<String>,
    block: String,
    /// Letters of the block inside and outside links.
    linked: usize,
    plain: usize,
    breaks: usize,
}

impl Blocks {
    /// Depth is bounded: pages are measured before they are parsed.
    fn walk(&mut self, node: &NodeRef, in_link: bool) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.words(&child.text(), in_link);
                continue;
            }
            let Some(name) = child.node_name() else { continue };
            match &*name {
                "br" => {
                    self.breaks += 1;
                    if self.breaks > 1 { self.end() } else { self.block.push(' ') }
                }
                "script" | "style" | "template" | "head" => {}
                "a" => self.walk(&child, true),
                "b" | "strong" | "i" | "em" | "u" | "s" | "span" | "font" | "small" | "big" | "sub"
                | "sup" | "abbr" | "acronym" | "cite" | "q" | "code" | "kbd" | "mark" | "time" | "data"
                | "ins" | "del" | "bdi" | "bdo" | "dfn" | "var" | "samp" | "wbr" | "label" | "ruby"
                | "rb" | "rt" | "tt" | "nobr" | "img" | "picture" => self.walk(&child, in_link),
                _ => {
                    self.end();
                    self.walk(&child, in_link);
                    self.end();
                }
            }
        }
    }

    fn words(&mut self, words: &str, in_link: bool) {
        for c in words.chars() {
            if c.is_whitespace() {
                if !self.block.ends_with(' ') {
                    self.block.push(' ');
                }
            // A soft hyphen only says where a browser may break the word.
            } else if c != '\u{AD}' {
                self.block.push(c);
                self.breaks = 0;
                *(if in_link { &mut self.linked } else { &mut self.plain }) += 1;
            }
        }
    }

    /// Ends the block. One that is all link leads elsewhere; so does one that says `Read more: …`.
    fn end(&mut self) {
        let block = self.block.split_whitespace().collect::<Vec<_>>().join(" ");
        let leads_away = self.linked > 0 && self.plain * 9 < self.linked.max(9)
            || self.linked > self.plain && self.plain <= 20 && block.contains(':');
        if !leads_away && block.chars().any(char::is_alphanumeric) {
            self.done.push(block);
        }
        self.block.clear();
        (self.linked, self.plain, self.breaks) = (0, 0, 0);
    }
}
