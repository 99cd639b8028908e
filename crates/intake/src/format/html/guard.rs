//! A page is measured before it is parsed: how many elements, how deep.

use crate::Reason;
use crate::options::{MAX_PAGE_DEPTH, MAX_PAGE_ELEMENTS};

/// Elements that never have content, or that end by themselves where the next one begins.
const NOT_NESTING: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dd", "dt", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "html", "head",
    "body",
];

/// Elements whose content is not markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes"];

/// Refuses a page over the limits.
pub(crate) fn measure(page: &str) -> Result<(), Reason> {
    let (mut elements, mut depth) = (0usize, 0usize);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let (closing, inside) = match rest.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, rest),
        };
        let length = inside.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
        if length == 0 {
            continue;
        }
        let name = inside[..length].to_ascii_lowercase();
        rest = &inside[length..];
        if NOT_NESTING.contains(&name.as_str()) {
            elements += usize::from(!closing);
        } else if closing {
            depth = depth.saturating_sub(1);
        } else if RAW.contains(&name.as_str()) {
            elements += 1;
            rest = after_raw(rest, &name);
        } else {
            elements += 1;
            depth += 1;
        }
        if elements > MAX_PAGE_ELEMENTS {
            return Err(Reason::PageLimit { what: format!("more than {MAX_PAGE_ELEMENTS} elements") });
        }
        if depth > MAX_PAGE_DEPTH {
            return Err(Reason::PageLimit {
                what: format!("elements nested more than {MAX_PAGE_DEPTH} deep"),
            });
        }
    }
    Ok(())
}

/// What follows the end tag of a raw element; nothing where there is none.
fn after_raw<'p>(page: &'p str, name: &str) -> &'p str {
    let mut rest = page;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return &rest[name.len()..];
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_pages_pass_and_towers_do_not() {
        assert!(measure("<div><p>one<p>two<li>three<br></div>".repeat(900).as_str()).is_ok());
        assert!(measure(&format!("<script>{}</script><p>text", "'<div>'+".repeat(5000))).is_ok());
        assert!(measure(&"<div>".repeat(10_000)).is_err());
        assert!(measure(&"<b x=1>".repeat(10_000)).is_err());
        assert!(measure("a < b <3 </ <!-- <div>").is_ok());
    }
}
