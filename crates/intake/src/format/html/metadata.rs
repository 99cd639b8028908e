//! What a page says about itself: JSON-LD first, then OpenGraph, then meta tags, then the elements that show it.

use super::jsonld;
use dom_query::Document;

/// What a page says about itself.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) language: Option<String>,
    /// The article's text, where the page repeats it in JSON-LD.
    pub(crate) body: Option<String>,
}

const DATES: &[(&str, &str)] = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[property='og:article:published_time']", "content"),
    ("[itemprop='datePublished']", "content"),
    ("[itemprop='datePublished']", "datetime"),
    ("meta[name='article:published_time' i]", "content"),
    ("meta[name='pubdate' i]", "content"),
    ("meta[name='publishdate' i]", "content"),
    ("meta[name='publish-date' i]", "content"),
    ("meta[name='publication_date' i]", "content"),
    ("meta[name='parsely-pub-date' i]", "content"),
    ("meta[name='sailthru.date' i]", "content"),
    ("meta[name='cXenseParse:recs:publishtime' i]", "content"),
    ("meta[name='DC.date.issued' i]", "content"),
    ("meta[name='DC.date' i]", "content"),
    ("meta[name='citation_publication_date' i]", "content"),
    ("meta[name='date' i]", "content"),
    ("time[pubdate]", "datetime"),
    ("article time[datetime]", "datetime"),
    ("main time[datetime]", "datetime"),
    ("header time[datetime]", "datetime"),
];

const OUTLETS: &[&str] = &[
    "meta[property='og:site_name']",
    "meta[name='og:site_name' i]",
    "meta[name='application-name' i]",
    "meta[name='publisher' i]",
    "meta[name='DC.publisher' i]",
    "[itemprop='publisher'] meta[itemprop='name']",
];

const TITLES: &[&str] = &[
    "meta[property='og:title']",
    "meta[name='og:title' i]",
    "meta[name='twitter:title' i]",
    "meta[name='DC.title' i]",
];

/// Reads it.
pub(crate) fn read(page: &Document) -> About {
    let mut about = jsonld::read(page);
    let content = |selector: &str| attribute(page, selector, "content");
    if about.outlet.is_none() {
        about.outlet = OUTLETS.iter().find_map(|selector| content(selector));
    }
    if about.title.is_none() {
        about.title = TITLES.iter().find_map(|selector| content(selector)).or_else(|| shown_title(page));
    }
    about.title = about.title.map(|title| without_outlet(&title, about.outlet.as_deref()));
    if about.published.is_none() {
        about.published = DATES.iter().find_map(|(selector, name)| attribute(page, selector, name));
    }
    about.url =
        [attribute(page, "link[rel='canonical']", "href"), content("meta[property='og:url']"), about.url]
            .into_iter()
            .flatten()
            .find(|url| is_address_of_page(url));
    about.language = attribute(page, "html", "lang")
        .or_else(|| attribute(page, "html", "xml:lang"))
        .or(about.language)
        .or_else(|| content("meta[http-equiv='content-language' i]"))
        .or_else(|| content("meta[property='og:locale']"));
    about
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    let found = page.select(selector);
    found.nodes().iter().find_map(|node| {
        let value = node.attr(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    })
}

/// The only `h1`, else what the window's title says before the name of the site.
fn shown_title(page: &Document) -> Option<String> {
    let words = |selector: &str| -> Vec<String> {
        let found = page.select(selector);
        found.nodes().iter().map(|n| n.text().trim().to_owned()).filter(|t| !t.is_empty()).collect()
    };
    let headings = words("h1");
    let title = words("head title").into_iter().next();
    if let Some(inside) = headings.iter().find(|h| title.as_ref().is_some_and(|t| t.contains(h.as_str()))) {
        return Some(inside.clone());
    }
    if let [only] = headings.as_slice() {
        return Some(only.clone());
    }
    let title = title?;
    for separator in SEPARATORS {
        if let Some((before, _)) = title.rsplit_once(separator)
            && before.split_whitespace().count() >= 3
        {
            return Some(before.trim().to_owned());
        }
    }
    Some(title)
}

const SEPARATORS: [&str; 5] = [" | ", " — ", " – ", " - ", " :: "];

fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for separator in SEPARATORS {
        if let (Some((before, after)), Some(outlet)) = (title.rsplit_once(separator), outlet)
            && after.trim().eq_ignore_ascii_case(outlet.trim())
        {
            return before.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Whether an address names a page rather than a site's front page or a fragment of one.
fn is_address_of_page(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.and_then(|rest| rest.split_once('/'))
        .is_some_and(|(host, path)| !host.is_empty() && !path.is_empty())
}
