//! Runs the program as a user does and keeps what it said.
#![allow(dead_code)]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};

/// An article of our own with a headline, an outlet and a date.
pub const BOAT: &str = "Title: Coastal states trade blame after patrol boat is seized
Outlet: Harbour Gazette
Date: 2024-03-12

The defence ministry of Greece said on Monday that Turkish naval vessels had seized a patrol boat near the island of \
Kastellorizo. Turkey denied that its navy had captured the boat, calling the report “a fairy tale”. The foreign minister \
of France, Stephane Sejourne, called for restraint.

Germany will send two frigates to the eastern Mediterranean on Friday, according to a German diplomat. About 400 people \
protested outside the Turkish embassy in Athens under the terms of the North Atlantic Treaty.
";

/// An article with neither headline nor outlet nor date.
pub const BARE: &str = "Russian forces shelled the city of Kharkiv, the governor of the region said. Norway delivered \
twelve generators to Ukraine.";

/// Not English.
pub const GERMAN: &str = "Der Außenminister sagte am Montag, dass die Gespräche in Genf wieder aufgenommen würden und die \
Delegationen in den kommenden Tagen anreisen sollten.";

/// What a run said.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program with these arguments, in a pipe, 80 columns wide.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_legation"));
    command.args(arguments).env("COLUMNS", "80").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command.env_remove("LEGATION_LEXICON");
    command
}

/// Runs to the end.
pub fn legation(arguments: &[&str]) -> Ran {
    finish(command(arguments).stdin(Stdio::null()))
}

/// Runs to the end with `input` on standard input.
pub fn legation_with(arguments: &[&str], input: &str) -> Ran {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("standard input is read");
    ran(child.wait_with_output().expect("the program ends"))
}

/// Runs a prepared command to the end.
pub fn finish(command: &mut Command) -> Ran {
    ran(command.output().expect("the program starts"))
}

fn ran(output: std::process::Output) -> Ran {
    Ran {
        code: output.status.code().expect("no signal ended it"),
        out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("the messages are UTF-8"),
    }
}

/// A folder of a test's own, empty.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// A file in a test's own folder; its path as an argument.
pub fn file(test: &str, name: &str, contents: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let path = folder.join(name);
    fs::write(&path, contents).expect("the file can be written");
    path.to_str().expect("UTF-8").to_owned()
}
