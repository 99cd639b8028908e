//! Support verbs: *carried out* an attack, *suffered* an attack, *called off* the talks.

use super::{files::Files, problem::Problem, table};
use std::collections::HashMap;

/// What a support verb says of the act its object names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The subject does it.
    Do,
    /// The subject begins it.
    Start,
    /// The subject goes on with it.
    Continue,
    /// The subject ends it or takes it back.
    End,
    /// The subject intends it.
    Plan,
    /// The subject will not do it.
    Refuse,
    /// The subject asks for it.
    Ask,
    /// The subject has those under its command do it.
    Order,
    /// It is done to the subject.
    Undergo,
}

/// Support verbs by lemma, with their particle.
#[derive(Debug, Default)]
pub struct LightVerbs(HashMap<String, Aspect>);

impl LightVerbs {
    pub(super) fn read(files: &Files<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut verbs = HashMap::new();
        let parse = |row: &table::Row<'_>| {
            Ok(match row.cell(1) {
                "do" => Aspect::Do,
                "start" => Aspect::Start,
                "continue" => Aspect::Continue,
                "end" => Aspect::End,
                "plan" => Aspect::Plan,
                "refuse" => Aspect::Refuse,
                "ask" => Aspect::Ask,
                "order" => Aspect::Order,
                "undergo" => Aspect::Undergo,
                other => return Err(format!("`{other}` is no aspect")),
            })
        };
        let columns = ["verb", "aspect", "example"];
        for (row, aspect) in table::rows(files, "lexicon/light.tsv", &columns, 1, problems, parse) {
            if verbs.insert(row.cell(0).to_lowercase(), aspect).is_some() {
                problems.push(row.problem(format!("`{}` is listed twice", row.cell(0))));
            }
        }
        Self(verbs)
    }

    /// The aspect of support verb `verb` (lemma, with its particle if it has one).
    pub fn aspect(&self, verb: &str) -> Option<Aspect> {
        self.0.get(verb).copied()
    }
}
