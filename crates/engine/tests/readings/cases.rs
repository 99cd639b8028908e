//! Runs the readable cases: `cases/coding/{good,bad}/*.md`, an article and the reading that an analyst expects.
//!
//! The format is described in `cases/README.md`. A failing case prints what was expected beside what was read.

use crate::expect;
use engine::Legation;
use std::{fmt::Write as _, fs, path::Path};

#[test]
fn every_case_reads_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/coding");
    let legation = Legation::new().expect("the program's own data load");
    let mut report = String::new();
    let (mut cases, mut failed) = (0, 0);
    for folder in ["good", "bad"] {
        let mut files: Vec<_> = fs::read_dir(root.join(folder))
            .expect("the folder of cases")
            .map(|e| e.expect("an entry").path())
            .collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "md")) {
            cases += 1;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            let case = expect::Case::parse(&name, &fs::read_to_string(file).expect("a readable case"));
            let reading = legation.read(case.article(), true);
            let wrong = case.check(&reading);
            if !wrong.is_empty() {
                failed += 1;
                let _ = writeln!(report, "\n{folder}/{name}");
                for line in wrong {
                    let _ = writeln!(report, "  expected: {line}");
                }
                report.push_str(&expect::summary(&reading));
            }
        }
    }
    assert!(cases > 0, "no cases found");
    assert!(failed == 0, "{failed} of {cases} cases failed\n{report}");
}
