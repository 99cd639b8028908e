//! `legation` reads the news and tells who did what to whom, who says so, where, when, and under which treaty.
//!
//! This file is the run itself, top to bottom: flags become settings, settings choose a command, the command's outcome
//! becomes an exit code. Out of scope: what a command does (`commands`), how a reading looks (`view`, `page`), and
//! everything about language and the world (`engine` and what it knows).

mod brat;
mod commands;
mod flags;
mod guard;
mod layers;
mod manual;
mod messages;
mod outcome;
mod page;
mod settings;
mod view;

use messages::Messages;
use outcome::Outcome;
use settings::{Settings, Task, Wrong};
use std::process::ExitCode;

fn main() -> ExitCode {
    guard::install();
    let settings = match Settings::from_command_line() {
        Ok(settings) => settings,
        Err(Wrong::Flags(error)) => {
            // Help and version come this way too, with exit code 0; a closed pipe is no error.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
        Err(Wrong::Setting { message, colour }) => {
            Messages::new(colour).error(&message);
            return Outcome::Usage.code();
        }
    };
    let messages = Messages::new(settings.terminal.colour_errors);
    match run(&settings, &messages) {
        Ok(outcome) => outcome.code(),
        Err(error) if outcome::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages.error(&outcome::message(&error));
            Outcome::Nothing.code()
        }
    }
}

fn run(settings: &Settings, messages: &Messages) -> anyhow::Result<Outcome> {
    let (terminal, layers) = (&settings.terminal, settings.layers.as_slice());
    match &settings.task {
        Task::Read(task) => commands::read::run(task, layers, terminal, messages),
        Task::Code(task) => commands::code::run(task, layers, terminal, messages),
        Task::Parse(task) => commands::parse::run(task, layers, messages),
        Task::Relate(task) => commands::relate::run(task, layers, messages),
        Task::Eval(task) => commands::eval::run(task, layers, terminal, messages),
        Task::EvalAttribution(task) => commands::attributions::run(task, layers, terminal, messages),
        Task::Lint => commands::lint::run(layers, messages),
        Task::Import(task) => commands::lexicon::run(task, messages),
        Task::Explain(topic) => commands::explain::run(topic.as_deref(), layers, terminal, messages),
        Task::Actors { name, on } => commands::actors::run(name, *on, layers, terminal, messages),
        Task::Places { name, on } => commands::places::run(name, *on, layers, terminal, messages),
        Task::Gazetteer(task) => commands::gazetteer::run(task, terminal, messages),
        Task::Schema => commands::schema::run(),
        Task::Version => commands::version::run(),
    }
}
