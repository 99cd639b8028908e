//! The command line as it is typed. Nothing here is checked beyond its spelling; `settings` does that.

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::{num::NonZeroUsize, path::PathBuf};

const EXIT_CODES: &str = "Exit codes: 0 everything was read; 1 nothing could be read; 2 the command line is wrong; \
3 some inputs were skipped, each named on standard error with its reason.";

/// Reads the news and tells who did what to whom, who says so, where, when, and under which treaty.
///
/// Works offline, on English text. It reports what sources say and who they are; it does not judge what is so.
#[derive(Debug, Parser)]
#[command(name = "legation", bin_name = "legation", disable_version_flag = true, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Flags {
    /// Print the versions of program, language model, lexicon and atlas.
    #[arg(short = 'V', long)]
    pub version: bool,
    /// When to use colour. NO_COLOR is respected.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and print each as a page.
    Read(ReadFlags),
    /// Read many articles and write one JSON line for each, in input order.
    Code(CodeFlags),
    /// Print sentences, words, tags and dependencies as CoNLL-U.
    Parse(ParseFlags),
    /// Say what a marked source does to a marked target: the rows of a table plus root and quad class.
    #[command(
        after_help = "The table is tab-separated, with a header; its sentences mark <s>source</s> and <t>target</t>.\n\nExamples:\n  legation relate pairs.tsv > related.tsv\n  legation relate --explain pairs.tsv"
    )]
    Relate(RelateFlags),
    /// Compare with coded pairs (F1 per root, quad class and conflict, differences, reliability of the confidence) or annotated statements.
    #[command(
        after_help = "Examples:\n  legation eval plover coded.tsv\n  legation eval pairs conflict-or-not.tsv\n  legation eval attribution corpus/"
    )]
    Eval(EvalFlags),
    /// Check lexicon and atlas: file, line, what is wrong.
    #[command(after_help = "Examples:\n  legation lint\n  legation lint --lexicon my/")]
    Lint(LayerFlags),
    /// Bring dictionaries of other coders into a layer for --lexicon.
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Show the manual page of a type, rule, CAMEO code, cue word, stance or note.
    #[command(
        after_help = "Examples:\n  legation explain AID\n  legation explain deploy.verb\n  legation explain 0732\n  legation explain \"according to\"\n  legation explain"
    )]
    Explain {
        /// What an output shows: AID, planned, confirms, MIL, R-metaphor, a rule, a CAMEO code, a cue. Without it: a list.
        #[arg(value_name = "CODE")]
        code: Option<String>,
        #[command(flatten)]
        layers: LayerFlags,
    },
    /// Show what a name may stand for, and the offices held on a day.
    #[command(
        after_help = "Examples:\n  legation actors Lavrov --on 2024-10-28\n  legation actors \"the Kremlin\""
    )]
    Actors {
        /// A name as news writes it.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// The day to look at. Without it: the present state of the atlas.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
        on: Option<Date>,
        #[command(flatten)]
        layers: LayerFlags,
    },
    /// Show which places bear a name, the likeliest first, and who disputes them.
    #[command(
        after_help = "Examples:\n  legation places Kursk\n  legation places Artemivsk\n  legation places Sukhumi --on 2008-08-10"
    )]
    Places {
        /// A name as news writes it.
        #[arg(required = true, value_name = "NAME")]
        name: Vec<String>,
        /// The day whose disputes are told. Without it: those of the present.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
        on: Option<Date>,
        #[command(flatten)]
        layers: LayerFlags,
    },
    /// Build a larger gazetteer for --lexicon.
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Print the JSON Schema of a reading.
    Schema,
}

impl Command {
    /// The folders of `--lexicon`; `None` where the command takes none.
    pub fn layers(&self) -> Option<&[PathBuf]> {
        match self {
            Self::Read(ReadFlags { layers, .. })
            | Self::Code(CodeFlags { layers, .. })
            | Self::Parse(ParseFlags { layers, .. })
            | Self::Relate(RelateFlags { layers, .. })
            | Self::Eval(EvalFlags { layers, .. })
            | Self::Lint(layers)
            | Self::Explain { layers, .. }
            | Self::Actors { layers, .. }
            | Self::Places { layers, .. } => Some(&layers.lexicon),
            _ => None,
        }
    }
}

#[derive(Debug, Args)]
pub struct LayerFlags {
    /// A folder of your own words and facts, laid out as data/ is, over the shipped ones. May be given several times; later
    /// ones win, all win over those in LEGATION_LEXICON.
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum LexiconCommand {
    /// Turn dictionaries of PETRARCH or Phoenix into a layer.
    #[command(
        after_help = "What cannot be carried over stands in DIR/REPORT.tsv with the reason.\n\nExamples:\n  legation lexicon import verbs.txt actors.txt agents.txt -o my/\n  legation read article.txt --lexicon my/",
        after_long_help = "What cannot be carried over stands in DIR/REPORT.tsv with the reason.\n\nExit codes: 0 every entry was carried over, at least in part; 1 nothing was; 2 the command line is wrong; 3 something was not.\n\nExamples:\n  legation lexicon import verbs.txt actors.txt agents.txt -o my/\n  legation read article.txt --lexicon my/"
    )]
    Import(ImportFlags),
}

#[derive(Debug, Subcommand)]
pub enum GazetteerCommand {
    /// Turn a dump of GeoNames into a layer: every place it has, looked up on disk.
    #[command(
        after_help = "The dump is allCountries.txt or one country's file, unpacked, from download.geonames.org/export/dump. It is read\ntwice; nothing is downloaded.\n\nExamples:\n  legation gazetteer build allCountries.txt -o geonames/\n  legation read article.txt --lexicon geonames/"
    )]
    Build(GazetteerFlags),
}

#[derive(Debug, Args)]
pub struct GazetteerFlags {
    /// The dump.
    #[arg(value_name = "FILE")]
    pub dump: PathBuf,
    /// The folder of the layer; atlas/gazetteer.bin is written into it.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// Feature classes to take: A units, P places, H waters, L areas, T mountains, S sites, R roads, U undersea, V forests.
    #[arg(long, value_name = "CLASSES", default_value = "APHLTS")]
    pub classes: String,
}

#[derive(Debug, Args)]
pub struct ImportFlags {
    /// Dictionaries of actors, agents or verbs.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The folder of the layer. It is made; what an earlier import wrote there is not overwritten without --overwrite.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    /// What the files are. Default: told by what stands in each.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<DictionaryKind>,
    /// Write over files that are there already.
    #[arg(long)]
    pub overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DictionaryKind {
    /// Names with codes.
    Actors,
    /// Common nouns with codes.
    Agents,
    /// Verbs and their patterns.
    Verbs,
}

#[derive(Debug, Args)]
pub struct InputFlags {
    /// Files, folders, patterns, `-` for standard input, or an http(s) address.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// Day of publication, for inputs that bring none. It is never guessed.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_date)]
    pub date: Option<Date>,
    /// Outlet, for inputs that bring none.
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legation read article.txt --date 2024-10-28\n  legation read https://example.org/news.html\n  pbpaste | legation read -\n  legation read article.html --format html > article.read.html"
)]
pub struct ReadFlags {
    #[command(flatten)]
    pub input: InputFlags,
    /// Form of the output.
    #[arg(long, short, value_name = "FORM", default_value = "text")]
    pub format: Format,
    /// Add to each event its rule and how it matched, and the versions of what made the reading.
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub layers: LayerFlags,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legation code corpus/ -o events.jsonl\n  zcat news.jsonl.gz | legation code - | jq -c '.events[]'"
)]
pub struct CodeFlags {
    #[command(flatten)]
    pub input: InputFlags,
    /// Where to write: a .jsonl file, or `-` for standard output.
    #[arg(long, short, value_name = "OUT", default_value = "-")]
    pub output: PathBuf,
    /// Threads. Default: one per core.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Add to each event how its rule matched.
    #[arg(long)]
    pub explain: bool,
    /// What to do with an input that cannot be read: go on, or end there.
    #[arg(long, value_name = "WHAT", default_value = "skip")]
    pub on_error: OnError,
    #[command(flatten)]
    pub layers: LayerFlags,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  legation parse article.txt\n  legation parse --conllu gold.conllu > system.conllu"
)]
pub struct ParseFlags {
    /// Files, folders, patterns, or `-` for standard input.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<String>,
    /// The inputs are CoNLL-U: keep their sentences, words, ids and comments, and analyse those.
    #[arg(long)]
    pub conllu: bool,
    #[command(flatten)]
    pub layers: LayerFlags,
}

#[derive(Debug, Args)]
pub struct RelateFlags {
    #[command(flatten)]
    pub layers: LayerFlags,
    /// Tables, or `-` for standard input.
    #[arg(required = true, value_name = "FILE.tsv")]
    pub inputs: Vec<String>,
    /// Add the confidence, the judge's three likeliest roots, and what the lexicon reads (asked for every row).
    #[arg(long)]
    pub explain: bool,
    /// Threads. Default: one per core.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub struct EvalFlags {
    #[command(flatten)]
    pub layers: LayerFlags,
    /// What to compare.
    #[arg(value_name = "TASK")]
    pub task: EvalTask,
    /// A table with marked pairs and the coder's column, or `-`; for attribution a folder with text/ and attributions/.
    #[arg(value_name = "FILE.tsv|DIR")]
    pub input: String,
    /// Threads. Default: one per core.
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EvalTask {
    /// PLOVER roots: column `gold_root`.
    Plover,
    /// Conflict or not: column `gold_binary` (1 or 0), or `gold_root`.
    Pairs,
    /// Statements: source, cue and content, against brat annotations.
    Attribution,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page for the terminal.
    Text,
    /// The reading: one object for one article, one a line for several.
    Json,
    /// One self-contained page with the article's text marked up.
    Html,
    /// For notes and issue trackers.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnError {
    /// Name it on standard error and go on.
    Skip,
    /// End at the first one.
    Stop,
}

fn parse_date(text: &str) -> Result<Date, String> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| "write a day as YYYY-MM-DD, for example 2024-10-28".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Flags::command().debug_assert();
    }

    #[test]
    fn days_are_written_one_way() {
        assert!(parse_date("2024-10-28").is_ok());
        for wrong in ["2024-13-01", "28.10.2024", "20241028", "2024-10", "today", ""] {
            assert!(parse_date(wrong).is_err(), "{wrong}");
        }
    }
}
