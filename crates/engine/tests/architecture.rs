//! The house's walls: which crate may depend on which (see `ARCHITECTURE.md`), read from `cargo metadata`.

use std::{collections::BTreeMap, process::Command};

/// What each crate of the house may depend on among the others.
const ALLOWED: &[(&str, &[&str])] = &[
    ("record", &[]),
    ("intake", &["record"]),
    ("language", &["record"]),
    ("atlas", &["record"]),
    ("coding", &["record", "atlas"]),
    ("engine", &["record", "intake", "language", "atlas", "coding"]),
    ("app", &["record", "engine", "intake", "language", "atlas", "coding"]),
    ("xtask", &["record", "engine", "app"]),
];

#[test]
fn arrows_run_one_way() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let mut depends: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let all = package["dependencies"].as_array().expect("dependencies");
        let inside = all
            .iter()
            .filter(|d| d["path"].is_string() && d["kind"].is_null())
            .map(|d| d["name"].as_str().expect("a name"))
            .collect();
        depends.insert(name, inside);
    }
    for (name, inside) in &depends {
        let (_, allowed) = ALLOWED.iter().find(|(crate_name, _)| crate_name == name).unwrap_or_else(|| {
            panic!("crate `{name}` has no place in the house; add it to ALLOWED and ARCHITECTURE.md")
        });
        for other in inside {
            assert!(allowed.contains(other), "`{name}` must not depend on `{other}` (ARCHITECTURE.md)");
        }
    }
}
