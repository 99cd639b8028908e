//! The command line checked and completed: the rest of the program sees only this.

use crate::flags::{
    CodeFlags, Color, Command, DictionaryKind, EvalTask, Flags, Format, GazetteerCommand, GazetteerFlags,
    ImportFlags, InputFlags, LexiconCommand, OnError,
};
use anstream::{AutoStream, ColorChoice};
use clap::Parser as _;
use intake::Input;
use jiff::civil::Date;
use std::{
    io::IsTerminal as _,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Narrower than this, breaking lines helps nobody.
const NARROWEST: usize = 24;
/// Where nothing says how wide the terminal is.
const UNKNOWN_WIDTH: usize = 80;
/// More threads than this only cost memory.
const MOST_JOBS: usize = 256;

/// Everything a run needs to know.
#[derive(Debug)]
pub struct Settings {
    pub terminal: Terminal,
    /// Folders of the user's own words and facts; later ones win.
    pub layers: Vec<PathBuf>,
    pub task: Task,
}

/// What the output may look like.
#[derive(Debug)]
pub struct Terminal {
    /// Columns.
    pub width: usize,
    /// Whether standard output takes colour.
    pub colour: bool,
    /// Whether standard error takes colour.
    pub colour_errors: bool,
    /// Whether a person watches standard output.
    pub watched: bool,
    /// Whether a person watches standard error.
    pub watched_errors: bool,
}

/// What to do.
#[derive(Debug)]
pub enum Task {
    Read(Read),
    Code(Code),
    Parse(Parse),
    Relate(Relate),
    Eval(Eval),
    EvalAttribution(EvalAttribution),
    Lint,
    Import(Import),
    Explain(Option<String>),
    Actors { name: String, on: Option<Date> },
    Places { name: String, on: Option<Date> },
    Gazetteer(Gazetteer),
    Schema,
    Version,
}

/// What to read, and what to take for granted where an input does not say.
#[derive(Debug)]
pub struct Inputs {
    pub inputs: Vec<Input>,
    pub date: Option<Date>,
    pub outlet: Option<String>,
}

/// `legation read`.
#[derive(Debug)]
pub struct Read {
    pub inputs: Inputs,
    pub format: Format,
    pub explain: bool,
}

/// `legation code`.
#[derive(Debug)]
pub struct Code {
    pub inputs: Inputs,
    /// `None` for standard output.
    pub output: Option<PathBuf>,
    pub jobs: usize,
    pub explain: bool,
    pub stop_at_error: bool,
}

/// `legation parse`.
#[derive(Debug)]
pub struct Parse {
    pub inputs: Vec<Input>,
    pub conllu: bool,
}

/// `legation relate`.
#[derive(Debug)]
pub struct Relate {
    pub inputs: Vec<Input>,
    pub explain: bool,
    pub jobs: usize,
}

/// `legation eval`.
#[derive(Debug)]
pub struct Eval {
    pub task: PairTask,
    pub input: Input,
    pub jobs: usize,
}

/// What to compare of marked pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairTask {
    Plover,
    Pairs,
}

/// `legation eval attribution`.
#[derive(Debug)]
pub struct EvalAttribution {
    /// The corpus.
    pub folder: PathBuf,
    pub jobs: usize,
}

/// `legation gazetteer build`.
#[derive(Debug)]
pub struct Gazetteer {
    pub dump: PathBuf,
    pub output: PathBuf,
    pub classes: String,
}

/// `legation lexicon import`.
#[derive(Debug)]
pub struct Import {
    pub files: Vec<PathBuf>,
    /// The folder of the layer.
    pub output: PathBuf,
    pub kind: Option<DictionaryKind>,
    pub overwrite: bool,
}

/// Why there are no settings.
#[derive(Debug)]
pub enum Wrong {
    /// Help was asked for, or the flags cannot be understood.
    Flags(clap::Error),
    /// The flags can be understood but not followed.
    Setting { message: String, colour: bool },
}

impl Settings {
    /// From the arguments of the program.
    pub fn from_command_line() -> Result<Self, Wrong> {
        let flags = Flags::try_parse().map_err(Wrong::Flags)?;
        let terminal = Terminal::new(flags.color);
        let colour = terminal.colour_errors;
        let wrong = |message| Wrong::Setting { message, colour };
        let given = flags.command.as_ref().and_then(Command::layers);
        let layers = given.map(layers).transpose().map_err(wrong)?.unwrap_or_default();
        let task = Task::new(flags).map_err(wrong)?;
        Ok(Self { terminal, layers, task })
    }
}

impl Terminal {
    fn new(color: Color) -> Self {
        let (out, err) = (std::io::stdout(), std::io::stderr());
        let takes = |choice: ColorChoice| match color {
            Color::Auto => choice != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        let columns =
            std::env::var("COLUMNS").ok().and_then(|value| value.trim().parse().ok()).filter(|&n| n > 0);
        let measured =
            || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|&n| n > 0);
        Self {
            width: columns.or_else(measured).unwrap_or(UNKNOWN_WIDTH).clamp(NARROWEST, WIDEST),
            colour: takes(AutoStream::choice(&out)),
            colour_errors: takes(AutoStream::choice(&err)),
            watched: out.is_terminal(),
            watched_errors: err.is_terminal(),
        }
    }
}

impl Task {
    fn new(flags: Flags) -> Result<Self, String> {
        let command = match flags.command {
            _ if flags.version => return Ok(Self::Version),
            Some(command) => command,
            None => return Err("no command; `legation --help` lists them".into()),
        };
        Ok(match command {
            Command::Read(read) => {
                let inputs = Inputs::new(read.input)?;
                Self::Read(Read { inputs, format: read.format, explain: read.explain })
            }
            Command::Code(code) => Self::Code(Code::new(code)?),
            Command::Parse(parse) => {
                Self::Parse(Parse { inputs: parse_inputs(&parse.inputs)?, conllu: parse.conllu })
            }
            Command::Relate(relate) => Self::Relate(Relate {
                inputs: parse_inputs(&relate.inputs)?,
                explain: relate.explain,
                jobs: threads(relate.jobs),
            }),
            Command::Eval(eval) => {
                let jobs = threads(eval.jobs);
                let pairs = |task, input| -> Result<Self, String> {
                    Ok(Self::Eval(Eval { task, input: parse_inputs(&[input])?.remove(0), jobs }))
                };
                match eval.task {
                    EvalTask::Plover => pairs(PairTask::Plover, eval.input)?,
                    EvalTask::Pairs => pairs(PairTask::Pairs, eval.input)?,
                    EvalTask::Attribution => {
                        Self::EvalAttribution(EvalAttribution { folder: eval.input.into(), jobs })
                    }
                }
            }
            Command::Lint(_) => Self::Lint,
            Command::Lexicon(LexiconCommand::Import(import)) => Self::Import(Import::new(import)?),
            Command::Explain { code, .. } => Self::Explain(code),
            Command::Actors { name, on, .. } => Self::Actors { name: name.join(" "), on },
            Command::Places { name, on, .. } => Self::Places { name: name.join(" "), on },
            Command::Gazetteer(GazetteerCommand::Build(build)) => Self::Gazetteer(Gazetteer::new(build)?),
            Command::Schema => Self::Schema,
        })
    }
}

/// Holds folders of layers, separated as the system separates paths; those of `--lexicon` go over them.
const LAYERS_VARIABLE: &str = "LEGATION_LEXICON";

/// The folders of all layers, the lowest first. One that is not there is a wrong command line, not an empty layer.
fn layers(given: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let variable = std::env::var_os(LAYERS_VARIABLE).unwrap_or_default();
    let from_variable = std::env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty());
    let all = from_variable.map(|path| (path, LAYERS_VARIABLE));
    all.chain(given.iter().map(|path| (path.clone(), "--lexicon"))).map(check_layer).collect()
}

fn check_layer((path, from): (PathBuf, &str)) -> Result<PathBuf, String> {
    let shown = path.display();
    if path.is_dir() {
        return Ok(path);
    }
    Err(match path.exists() {
        true => format!("{from}: {shown} is no folder; name the folder that holds lexicon/ or atlas/"),
        false => format!("{from}: there is no folder {shown}; check the spelling and the folder you are in"),
    })
}

impl Gazetteer {
    fn new(flags: GazetteerFlags) -> Result<Self, String> {
        let GazetteerFlags { dump, output, classes } = flags;
        if output.exists() && !output.is_dir() {
            return Err(format!("{} is no folder; name another one for the layer", output.display()));
        }
        let classes = classes.to_uppercase().replace(',', "");
        if classes.is_empty() || classes.chars().any(|class| !"AHLPRSTUV".contains(class)) {
            return Err(format!(
                "`{classes}`: the feature classes of GeoNames are A, H, L, P, R, S, T, U and V"
            ));
        }
        Ok(Self { dump, output, classes })
    }
}

impl Import {
    fn new(flags: ImportFlags) -> Result<Self, String> {
        let ImportFlags { files, output, kind, overwrite } = flags;
        if output.exists() && !output.is_dir() {
            return Err(format!("{} is no folder; name another one for the layer", output.display()));
        }
        Ok(Self { files, output, kind, overwrite })
    }
}

impl Inputs {
    fn new(flags: InputFlags) -> Result<Self, String> {
        let outlet = flags.outlet.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Ok(Self { inputs: parse_inputs(&flags.inputs)?, date: flags.date, outlet })
    }
}

fn parse_inputs(arguments: &[String]) -> Result<Vec<Input>, String> {
    if arguments.iter().any(|argument| argument.trim().is_empty()) {
        return Err("an input has an empty name; see whether a variable in the command is unset".into());
    }
    let inputs: Vec<Input> = arguments.iter().map(|argument| Input::parse(argument)).collect();
    if inputs.iter().filter(|input| **input == Input::Stdin).count() > 1 {
        return Err("`-` is given more than once, but standard input can be read only once".into());
    }
    Ok(inputs)
}

impl Code {
    fn new(flags: CodeFlags) -> Result<Self, String> {
        let inputs = Inputs::new(flags.input)?;
        let output = (flags.output.as_os_str() != "-").then_some(flags.output);
        if let Some(path) = &output {
            check_output(path, &inputs.inputs)?;
        }
        Ok(Self {
            inputs,
            output,
            jobs: threads(flags.jobs),
            explain: flags.explain,
            stop_at_error: flags.on_error == OnError::Stop,
        })
    }
}

fn threads(wanted: Option<NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    wanted.map_or_else(cores, usize::from).min(MOST_JOBS)
}

fn check_output(path: &Path, inputs: &[Input]) -> Result<(), String> {
    let shown = path.display();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        None | Some("jsonl" | "ndjson") => {}
        Some(ending @ ("csv" | "tsv" | "parquet")) => {
            return Err(format!(
                "{shown}: .{ending} cannot be written yet, it comes with the archives stage; write to a .jsonl file"
            ));
        }
        Some(ending) => {
            return Err(format!("{shown}: .{ending} is not known; the output is JSON lines, name it .jsonl"));
        }
    }
    if path.is_dir() {
        return Err(format!("{shown} is a folder; name a file in it"));
    }
    let same = |input: &PathBuf| {
        input.canonicalize().ok().zip(path.canonicalize().ok()).is_some_and(|(a, b)| a == b)
    };
    if inputs.iter().any(|input| matches!(input, Input::Path(input) if same(input))) {
        return Err(format!("{shown} is an input as well as the output; name another file"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_checked_before_anything_is_read() {
        assert!(check_output(Path::new("out.jsonl"), &[]).is_ok());
        assert!(check_output(Path::new("out"), &[]).is_ok());
        let later = check_output(Path::new("out.parquet"), &[]).unwrap_err();
        assert!(later.contains("archives stage"), "{later}");
        assert!(check_output(Path::new("out.xlsx"), &[]).is_err());
        assert!(check_output(Path::new("."), &[]).is_err());
    }

    #[test]
    fn standard_input_is_read_once() {
        assert!(parse_inputs(&["-".into(), "-".into()]).is_err());
        assert!(parse_inputs(&["a.txt".into(), String::new()]).is_err());
    }
}
