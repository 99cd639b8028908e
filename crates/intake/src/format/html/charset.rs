//! The charset that a page declares in its first bytes.

/// The standard has browsers look at 1,024 bytes; pages with long comments at their top need more.
const LOOK: usize = 4096;

/// The label in `<meta charset=…>`, `<meta http-equiv… content="…; charset=…">` or `<?xml encoding=…?>`.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let start: String = bytes.iter().take(LOOK).map(|b| char::from(b.to_ascii_lowercase())).collect();
    if start.starts_with("<?xml") {
        let end = start.find("?>").unwrap_or(start.len());
        if let Some(label) = label_after(&start[..end], "encoding") {
            return Some(label);
        }
    }
    let mut rest = start.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        if let Some(label) = label_after(tag, "charset") {
            return Some(label);
        }
    }
    None
}

fn label_after(tag: &str, key: &str) -> Option<String> {
    let after =
        tag.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label: String =
        after.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found() {
        let of = |page: &str| declared(page.as_bytes()).unwrap_or_default();
        assert_eq!(of("<html><meta CharSet='Windows-1251'>"), "windows-1251");
        assert_eq!(of("<meta name=a><META http-equiv=x content=\"text/html; charset=koi8-r\">"), "koi8-r");
        assert_eq!(of("<?xml version='1.0' encoding='ISO-8859-2'?><html>"), "iso-8859-2");
        assert_eq!(of("<p>charset=none"), "");
    }
}
