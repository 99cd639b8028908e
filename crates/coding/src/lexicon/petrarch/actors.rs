//! Dictionaries of actors, read: records of a name, its synonyms and its codes. [`super::who`] says what they become.
//!
//! Layout: a name with or without codes behind it, lines that begin with `+` for synonyms, lines of codes in brackets, each
//! with or without dates. Tolerated: codes of several kinds on one line, brackets that do not close, empty lines inside a
//! record, names that are indented, spaces for underscores.

use super::{
    codes::Span,
    lines::Line,
    report::{EntryId, Fate, Report, Why},
};

/// A name of a record, with its entry in the report.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub raw: String,
    pub entry: EntryId,
}

/// A code with its dates.
#[derive(Clone, Debug)]
pub(super) struct Dated {
    pub code: String,
    pub span: Span,
    /// The line it stands in, as an entry.
    pub entry: EntryId,
}

/// One actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub names: Vec<Name>,
    pub codes: Vec<Dated>,
    /// Whether a code was given at all, readable or not.
    coded: bool,
}

/// The records of a dictionary.
pub(super) fn parse(file: &str, lines: &[Line], report: &mut Report) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in lines {
        let (name, codes) = match line.text.find('[') {
            Some(at) => (line.text[..at].trim(), &line.text[at..]),
            None => (line.text.as_str(), ""),
        };
        let entry = report.open(file, line.number, &line.text);
        if name.is_empty() {
            // Codes of the record above.
            match records.last_mut() {
                Some(record) => add_codes(record, codes, entry, report),
                None => report.not(entry, "a code without a name", ""),
            }
            continue;
        }
        let synonym = name.strip_prefix('+').map(str::trim);
        // An indented name under one without codes belongs to it.
        let hangs = line.indented && records.last().is_some_and(|record| !record.coded);
        let raw = synonym.unwrap_or(name).to_owned();
        let own_code = !codes.is_empty();
        match records.last_mut() {
            Some(record) if synonym.is_some() && !own_code || hangs => record.names.push(Name { raw, entry }),
            None if synonym.is_some() && !own_code => {
                report.not(entry, "a synonym without a name before it", "");
                continue;
            }
            _ => records.push(Record { names: vec![Name { raw, entry }], ..Record::default() }),
        }
        if own_code && let Some(record) = records.last_mut() {
            add_codes(record, codes, entry, report);
        }
    }
    records.retain(|record| {
        if record.codes.is_empty() {
            let reason = if record.coded { "no code of it can be read" } else { "no code" };
            for name in &record.names {
                report.not(name.entry, reason, "");
            }
        }
        !record.codes.is_empty()
    });
    records
}

/// All bracketed codes of a line.
fn add_codes(record: &mut Record, text: &str, entry: EntryId, report: &mut Report) {
    for group in text.split('[').skip(1) {
        let inside = group.split([']', '}']).next().unwrap_or("").trim();
        record.coded = true;
        let (code, span) = match inside.find([' ', '<', '>']) {
            Some(at) => (inside[..at].trim(), inside[at..].trim()),
            None => (inside, ""),
        };
        match Span::read(span) {
            Ok(_) if code.is_empty() => report.say(entry, Fate::Not, Why::new("an empty code", "")),
            Ok(span) => record.codes.push(Dated { code: code.to_owned(), span, entry }),
            Err(why) => report.say(entry, Fate::Not, why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Dictionary, Kind, lines},
        *,
    };

    fn records(text: &str) -> (Vec<Record>, Vec<super::super::Entry>) {
        let mut report = Report::default();
        let lines = lines::read(&Dictionary { name: "a", text, kind: Kind::Actors }, &mut report);
        let records = parse("a", &lines, &mut report);
        (records, report.into_entries())
    }

    #[test]
    fn records_are_told_apart() {
        let (records, entries) = records(
            "HARBOUR_FRONT_ [GRCREB] # x\n+HF_\n\n+FRONT_\nJANE DOE_\n\t[GRCGOV 990101-010203]\n    [GRCELI >20010204] [---]\n\
             ISLE\n  OTHER_ISLE_\t[GRC]\n+OWN_CODE [TUR]\nNOBODY_\nODD [GRCGOV 2004017-20050101]\n",
        );
        let seen: Vec<(Vec<&str>, usize)> = records
            .iter()
            .map(|r| (r.names.iter().map(|n| n.raw.as_str()).collect(), r.codes.len()))
            .collect();
        assert_eq!(
            seen,
            [
                (vec!["HARBOUR_FRONT_", "HF_", "FRONT_"], 1),
                (vec!["JANE DOE_"], 3),
                (vec!["ISLE", "OTHER_ISLE_"], 1),
                (vec!["OWN_CODE"], 1),
            ]
        );
        let lost: Vec<usize> =
            entries.iter().filter(|entry| entry.fate == Fate::Not).map(|entry| entry.line).collect();
        assert_eq!(lost, [11, 12]);
    }

    #[test]
    fn odd_lines_are_no_panic() {
        for text in [
            "[",
            "]",
            "[]",
            "+",
            "+[",
            "[[[]]]",
            "A[B",
            "A [<",
            "A [GRC >",
            "\u{fffd}[\u{fffd} é-é]",
            "+A\n[X]",
        ] {
            let _ = records(text);
        }
    }
}
