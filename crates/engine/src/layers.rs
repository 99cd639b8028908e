//! A user's own files over the shipped lexicon and atlas. Out of scope: reading them from disk, which is the program's work.

use crate::{Error, Lexicon, LexiconProblem};
use atlas::{Atlas, LayerFile};

/// The files of all layers, in their order: later ones win. Loaded once; shared by lexicon and atlas.
#[derive(Clone, Debug, Default)]
pub struct Layers(Vec<LayerFile>);

impl Layers {
    /// Layers from files in any order. Files that neither lexicon nor atlas reads are dropped: see [`Layers::reads`].
    pub fn new(mut files: Vec<LayerFile>) -> Self {
        files.retain(|file| Self::reads(&file.name));
        files.sort_by(|a, b| (a.layer, &a.name).cmp(&(b.layer, &b.name)));
        Self(files)
    }

    /// Whether lexicon or atlas reads a file of this name (`atlas/groups.tsv`).
    pub fn reads(name: &str) -> bool {
        atlas::is_table(name) || coding::lexicon::is_file(name)
    }

    /// Names of the files a layer may hold, for suggestions.
    pub fn names() -> Vec<String> {
        let mut names = coding::lexicon::file_names();
        names.extend(atlas::table_names());
        names
    }

    /// Whether there is nothing over what ships.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The files, by layer and name.
    pub fn files(&self) -> &[LayerFile] {
        &self.0
    }

    /// The lexicon with these layers, and what is wrong in them.
    pub fn lexicon(&self) -> (Lexicon, Vec<LexiconProblem>) {
        Lexicon::with_layers(&self.0)
    }

    /// The atlas with these layers, and what is wrong in their rows by themselves ([`Layers::lint`] finds more).
    pub fn atlas(&self) -> Result<(Atlas, Vec<LexiconProblem>), Error> {
        let atlas = Atlas::with_layers(&self.0)?;
        let problems =
            if self.0.is_empty() { Vec::new() } else { atlas.problems().iter().map(told).collect() };
        Ok((atlas, problems))
    }

    /// Everything that is wrong in these layers' tables of the atlas.
    pub fn lint(&self) -> Vec<LexiconProblem> {
        if self.0.is_empty() { Vec::new() } else { atlas::lint_layers(&self.0).iter().map(told).collect() }
    }
}

fn told(problem: &atlas::Problem) -> LexiconProblem {
    LexiconProblem::new(&problem.file, problem.line, problem.message.clone())
}
