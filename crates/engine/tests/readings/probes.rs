//! The probes: sentences about things that did not happen in the story's present.
//!
//! What is negated, supposed or asked for must never give an event that happened. History, sport, metaphor, fiction and the
//! rest need knowledge of the world beyond the sentence (*Italy agreed terms with the new coach*); there at most 2 % may.
//!
//! `cases/probes/*.txt`: one probe a line. `[REJECT] …` names types of acts that the probe does perform.

use crate::expect;
use engine::Legation;
use record::{Article, Language};
use std::{fmt::Write as _, fs, path::Path};

/// Held-out probes read as happened: of a thousand at most. A guard against falling back; `cases/README.md`
/// has the figures.
const HELD_OUT: usize = 38;

#[test]
fn no_probe_gives_an_actual_event() {
    let Count { probes, strict, failed, report } = count("cases/probes");
    assert!(probes >= 250, "only {probes} probes found");
    assert!(strict == 0, "{strict} negated, supposed or requested probes give an actual event\n{report}");
    assert!(failed * 50 <= probes, "{failed} of {probes} probes give an actual event\n{report}");
}

#[test]
fn held_out_probes_seldom_give_an_actual_event() {
    let Count { probes, failed, report, .. } = count("cases/probes/held-out");
    assert!(
        failed * 1000 <= probes * HELD_OUT,
        "{failed} of {probes} held-out probes give an actual event\n{report}"
    );
}

/// How many probes of a folder there are, and how many give an actual event.
#[derive(Default)]
struct Count {
    probes: usize,
    /// Negated, supposed or requested ones that do.
    strict: usize,
    failed: usize,
    report: String,
}

fn count(folder: &str) -> Count {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let legation = Legation::new().expect("the program's own data load");
    let mut files: Vec<_> =
        fs::read_dir(root).expect("the folder of probes").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let (mut probes, mut strict, mut failed, mut report) = (0, 0, 0, String::new());
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "txt")) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).expect("a readable file of probes");
        for (number, line) in
            text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'))
        {
            probes += 1;
            let (allowed, probe) = match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                Some((allowed, probe)) => (allowed, probe.trim()),
                None => ("", line.trim()),
            };
            let article =
                Article { language: Language::english(), text: probe.to_owned(), ..Article::default() };
            let reading = legation.read(article, true);
            let false_events: Vec<_> = reading
                .events
                .iter()
                .filter(|e| {
                    expect::happened(e) && !allowed.split([' ', ',']).any(|kind| kind == e.kind.as_str())
                })
                .collect();
            if !false_events.is_empty() {
                failed += 1;
                strict += usize::from(matches!(name.as_str(), "negated" | "hypothetical" | "requested"));
                let _ = writeln!(report, "\n{name}.txt:{}: {line}", number + 1);
                for e in false_events {
                    let _ = writeln!(
                        report,
                        "    {} “{}” {}: {:?}",
                        e.kind.as_str(),
                        e.anchor.text,
                        e.rule,
                        e.why
                    );
                }
            }
        }
    }
    Count { probes, strict, failed, report }
}
