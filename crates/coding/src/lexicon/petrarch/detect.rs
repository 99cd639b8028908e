//! Tells which kind of dictionary a file is, by what stands in it.

use super::{Dictionary, Kind, lines, report::Report};

/// The kind of dictionary `text` is, or `None` where it looks like none of the three (lists of discards and issues do not).
pub fn detect(text: &str) -> Option<Kind> {
    let lines = lines::read(&Dictionary { name: "", text, kind: Kind::Verbs }, &mut Report::default());
    let (mut actors, mut agents, mut verbs) = (0usize, 0usize, 0usize);
    for line in &lines {
        let text = line.text.as_str();
        let code = text.rfind('[').map(|at| text[at + 1..].trim_end_matches([']', '}', ' ']).trim());
        let letters = |code: &str| {
            let first = code.split([' ', '<', '>']).next().unwrap_or("");
            first.len() >= 3 && first.len().is_multiple_of(3) && first.bytes().all(|b| b.is_ascii_uppercase())
        };
        if text.starts_with('<') || text.starts_with('~') {
            continue;
        }
        match code {
            _ if text.starts_with("---") || text.starts_with('-') && text.contains('*') => verbs += 1,
            _ if text.starts_with('&') => verbs += 1,
            _ if text.starts_with('!') && text.contains('=') => agents += 1,
            Some(code) if code.starts_with('~') || code.ends_with('~') => agents += 1,
            Some(code)
                if code.bytes().any(|b| b.is_ascii_digit())
                    && !code.bytes().any(|b| b.is_ascii_alphabetic()) =>
            {
                verbs += 1;
            }
            Some(code) if letters(code) => actors += 1,
            _ => {}
        }
    }
    let most = actors.max(agents).max(verbs);
    match most {
        0 => None,
        _ if verbs == most => Some(Kind::Verbs),
        _ if agents == most => Some(Kind::Agents),
        _ => Some(Kind::Actors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        for (text, kind) in [
            ("# x\nHARBOUR_FRONT_ [GRCREB]\n+HF_\n", Some(Kind::Actors)),
            ("JANE_DOE_\n\t[GRCGOV 990101-010203]\n\t[GRCELI >010204]\n", Some(Kind::Actors)),
            ("HARBOUR_PILOT [~LAB]\nAID_BODY [NGO~]\n", Some(Kind::Agents)),
            ("--- FROB [070] ---\nFROB\n- * GADGET [071]\n", Some(Kind::Verbs)),
            ("FROB [070] ;x\n- * + GADGET [071] ;x\n", Some(Kind::Verbs)),
            ("+CUP FINAL\nTENNIS\n", None),
            ("<ISSUE CATEGORY=\"X\">\nn:frob [ID_FROB]\n</ISSUE>\n", None),
            ("", None),
            ("\0\0\u{fffd}[[[\n]]]{{{", None),
        ] {
            assert_eq!(detect(text), kind, "{text}");
        }
    }
}
