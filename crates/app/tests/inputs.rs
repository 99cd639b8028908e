//! Bad inputs: a clear message, the right exit code, the rest still read.

mod common;

use common::{BARE, BOAT, GERMAN, command, file, folder, legation, legation_with};
use std::{
    fs,
    io::{Read as _, Write as _},
    process::Stdio,
};

#[test]
fn everything_read_is_0() {
    let good = file("good", "boat.txt", BOAT);
    let ran = legation(&["read", &good]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(legation_with(&["read", "-"], BARE).code, 0);
}

#[test]
fn nothing_read_is_1() {
    let bad = [
        ("empty.txt", Vec::new(), "empty"),
        ("blank.txt", b" \n\t\n".to_vec(), "empty"),
        (
            "binary.txt",
            (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
            "not text",
        ),
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "not text"),
        ("numbers.txt", b"\x13\0\x37\0\x80\0\x01\0".to_vec(), "not text"),
        ("signs.txt", "... !!! 12 \u{1f600}\n".repeat(9).into_bytes(), "no words"),
        ("german.txt", GERMAN.as_bytes().to_vec(), "German"),
        ("menu.html", b"<html><body><nav>Home</nav></body></html>".to_vec(), "no article"),
    ];
    for (name, contents, reason) in bad {
        let path = file("nothing", name, contents);
        for arguments in [["read", &path], ["code", &path]] {
            let ran = legation(&arguments);
            assert_eq!(ran.code, 1, "{name}: {}", ran.err);
            assert!(ran.err.contains(name) && ran.err.contains(reason), "{}", ran.err);
            assert_eq!(ran.out, "", "{name}");
            assert!(!ran.err.contains("panicked"), "{}", ran.err);
        }
    }
    let refused = legation(&["read", "http://127.0.0.1:9/"]);
    assert_eq!(refused.code, 1, "{}", refused.err);
}

#[test]
fn a_wrong_command_line_is_2() {
    let empty = folder("no-articles");
    let empty = empty.to_str().expect("UTF-8");
    let good = file("wrong", "boat.txt", BOAT);
    for arguments in [
        vec!["read"],
        vec!["read", "/no/such/file.txt"],
        vec!["read", "no-such-*.txt"],
        vec!["read", empty],
        vec!["read", "-", "-"],
        vec!["read", ""],
        vec!["read", &good, "--date", "yesterday"],
        vec!["read", &good, "--format", "pdf"],
        vec!["code", &good, "-o", "out.csv"],
        vec!["code", &good, "-o", "out.parquet"],
        vec!["code", &good, "--jobs", "0"],
        vec!["fly"],
    ] {
        let ran = legation(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
    assert!(legation(&["code", &good, "-o", "out.csv"]).err.contains("archives stage"));
    let same = file("wrong", "in.jsonl", "{\"text\": \"x\"}\n");
    assert_eq!(legation(&["code", &same, "-o", &same]).code, 2, "an input is never overwritten");
}

#[test]
fn some_skipped_is_3_and_the_rest_is_read() {
    let good = file("some", "boat.txt", BOAT);
    let empty = file("some", "empty.txt", "");
    let ran = legation(&["read", &empty, &good, "/no/such/file.txt"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("Coastal states"), "{}", ran.out);
    assert_eq!(ran.err.matches("skipped: ").count(), 2, "{}", ran.err);
}

#[test]
fn an_endless_line_costs_only_itself() {
    let path = folder("endless").join("news.jsonl");
    let mut out = fs::File::create(&path).expect("the file can be written");
    let good = serde_json::json!({"id": "a", "text": BARE});
    writeln!(out, "{good}").expect("written");
    out.write_all(b"{\"id\": \"b\", \"text\": \"").expect("written");
    for _ in 0..50 {
        out.write_all(&vec![b'a'; 1_000_000]).expect("written");
    }
    writeln!(out, "\"}}\n{good}\nnot json").expect("written");
    drop(out);
    let ran = legation(&["code", path.to_str().expect("UTF-8")]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 2);
    assert!(ran.err.contains("line 2") && ran.err.contains("line 4"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_silent() {
    let line = serde_json::json!({"text": BARE}).to_string() + "\n";
    let many = file("pipe", "many.jsonl", line.repeat(150));
    let mut child = command(&["code", &many])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut [0; 10]).expect("it begins");
    drop(out);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn repeated_notes_are_counted() {
    let lines: String =
        (0..20).map(|_| serde_json::json!({"text": BARE, "date": "16 Decembe"}).to_string() + "\n").collect();
    let dates = file("notes", "dates.jsonl", lines);
    for command in ["read", "code", "parse"] {
        let ran = legation(&[command, &dates]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("dates.jsonl, line 3: the date `16 Decembe`"), "{}", ran.err);
        assert!(ran.err.contains("17 articles more with a date that cannot be read"), "{}", ran.err);
        assert_eq!(ran.err.matches("note: ").count(), 4, "{}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let good = file("full", "boat.txt", BOAT);
    let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
    let ran = command(&["read", &good]).stdin(Stdio::null()).stdout(full).output().expect("it runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(said.contains("the output cannot be written"), "{said}");
}
