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
    /// Check lexicon and atlas: file, line, what is wrong.
    Lint,
    /// Show the manual page of a type, rule, CAMEO code, cue word, stance or note.
    #[command(
        after_help = "Examples:\n  legation explain AID\n  legation explain deploy.verb\n  legation explain 0732\n  legation explain \"according to\"\n  legation explain"
    )]
    Explain {
        /// What an output shows: AID, planned, confirms, MIL, R-metaphor, a rule, a CAMEO code, a cue. Without it: a list.
        #[arg(value_name = "CODE")]
        code: Option<String>,
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
    },
    /// Print the JSON Schema of a reading.
    Schema,
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
