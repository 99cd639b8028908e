//! What is read off the word vectors: tags, features, lemmas, trees and scores of names. Mirrors the heads of `training/model.py`.

use crate::Error;
use crate::container::Container;
use crate::encoder::Input;
use crate::kernel::{Grid, Linear, Rows, leaky, scores};
use crate::lemma::Rule;
use crate::names::Tag;
use crate::tree;
use record::Upos;

/// How sure the model must be of a sentence start (in log odds) where no punctuation shows one. On the dev files 1 finds more of the
/// web's titles and greetings, 3 cuts less of the news; this is between.
const START: f32 = 2.0;

/// One sentence (or part of a long one), word by word.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub upos: Vec<Upos>,
    /// Indices into [`Heads::feats_text`].
    pub feats: Vec<usize>,
    pub lemmas: Vec<String>,
    /// 1-based within the sentence; 0 is the root.
    pub heads: Vec<usize>,
    /// Indices into [`Heads::relation_text`].
    pub relations: Vec<usize>,
    /// One row of scores per word, as wide as [`Heads::tags`].
    pub names: Vec<f32>,
    /// One projected row per word, for coreference; empty where the weights have none.
    pub vectors: Vec<f32>,
    /// Words (but the first) at which a further sentence starts, though the splitter saw none.
    pub starts: Vec<usize>,
}

/// Working memory of one thread.
#[derive(Default)]
pub(crate) struct Scratch {
    rows: Rows,
    grid: Grid,
    upos: Vec<f32>,
    feats: Vec<f32>,
    rules: Vec<f32>,
    names: Vec<f32>,
    dep: Vec<f32>,
    head: Vec<f32>,
    key: Vec<f32>,
    prior: Vec<f32>,
    rel_dep: Vec<f32>,
    rel_head: Vec<f32>,
    starts: Vec<f32>,
    vectors: Vec<f32>,
    pairs: Vec<f32>,
    labels: Vec<f32>,
    scores: Vec<f32>,
}

/// The heads' weights and the inventories of labels.
pub(crate) struct Heads {
    upos: Linear,
    feats: Linear,
    rules: Linear,
    names: Linear,
    start: Linear,
    vector: Option<Linear>,
    arc_dep: Linear,
    arc_head: Linear,
    arc: Linear,
    arc_prior: Linear,
    rel_dep: Linear,
    rel_head: Linear,
    rel: Linear,
    upos_labels: Vec<Upos>,
    allowed: Vec<Vec<usize>>,
    feats_labels: Vec<String>,
    relation_labels: Vec<String>,
    rule_labels: Vec<Rule>,
    root: usize,
    /// For each relation: whether it is that of a function word, and whether it is that of an argument or adjunct.
    function: Vec<bool>,
    arguments: Vec<bool>,
    /// The inventory of name tags.
    pub tags: Vec<Tag>,
    width: usize,
    arc_width: usize,
    rel_width: usize,
}

impl Heads {
    pub fn load(file: &Container) -> Result<Self, Error> {
        let h = &file.header;
        let (width, arc, rel) = (h.hidden, h.arc, h.rel);
        let relations = h.relations.len();
        let linear = |name: &str, inputs: usize, outputs: usize| Linear::load(file, name, inputs, outputs);
        let allowed = h.upos.iter().map(|u| {
            let known = h.allowed.get(u).cloned().unwrap_or_default();
            known.into_iter().filter(|f| *f < h.feats.len()).collect()
        });
        let missing = || Error::Weights("no `root` among the relations".into());
        Ok(Self {
            upos: linear("upos", width, h.upos.len())?,
            feats: linear("feats", width, h.feats.len())?,
            rules: linear("rules", width, h.rules.len())?,
            names: linear("ner", width, h.names.len())?,
            start: linear("start", width, 1)?,
            vector: match file.shape("coref.project.weight") {
                [inputs, outputs] => Some(linear("coref.project", *inputs, *outputs)?),
                _ => None,
            },
            arc_dep: linear("arc_dep", width, arc)?,
            arc_head: linear("arc_head", width, arc)?,
            arc: linear("arc", arc, arc)?,
            arc_prior: linear("arc_prior", arc, 1)?,
            rel_dep: linear("rel_dep", width, rel)?,
            rel_head: linear("rel_head", width, rel)?,
            rel: linear("rel", 3 * rel, relations)?,
            upos_labels: h.upos.iter().map(|u| Upos::parse(u)).collect(),
            allowed: allowed.collect(),
            feats_labels: h.feats.iter().map(|f| if f == "_" { String::new() } else { f.clone() }).collect(),
            relation_labels: h.relations.clone(),
            rule_labels: h.rules.iter().map(|r| Rule::parse(r)).collect(),
            function: h.relations.iter().map(|r| FUNCTION.contains(&base(r))).collect(),
            arguments: h.relations.iter().map(|r| ARGUMENTS.contains(&base(r))).collect(),
            root: h.relations.iter().position(|r| r == "root").ok_or_else(missing)?,
            tags: h.names.iter().map(|t| Tag::parse(t)).collect(),
            width,
            arc_width: arc,
            rel_width: rel,
        })
    }

    /// The text of a feature bundle, empty for none.
    pub fn feats_text(&self, index: usize) -> &str {
        self.feats_labels.get(index).map_or("", String::as_str)
    }

    /// The text of a relation.
    pub fn relation_text(&self, index: usize) -> &str {
        self.relation_labels.get(index).map_or("dep", String::as_str)
    }

    /// Reads all layers off `words` (one row per `[CLS]` and word of each input). `forms` are the words themselves.
    pub fn read(
        &self,
        inputs: &[Input],
        forms: &[&[&str]],
        words: &[f32],
        scratch: &mut Scratch,
    ) -> Vec<Parsed> {
        let s = scratch;
        s.rows.round(words, self.width);
        self.upos.apply(&mut s.rows, &mut s.upos);
        self.feats.apply(&mut s.rows, &mut s.feats);
        self.rules.apply(&mut s.rows, &mut s.rules);
        self.names.apply(&mut s.rows, &mut s.names);
        self.start.apply(&mut s.rows, &mut s.starts);
        if let Some(vector) = &self.vector {
            vector.apply(&mut s.rows, &mut s.vectors);
        }
        self.arc_dep.apply(&mut s.rows, &mut s.dep);
        self.arc_head.apply(&mut s.rows, &mut s.head);
        self.rel_dep.apply(&mut s.rows, &mut s.rel_dep);
        self.rel_head.apply(&mut s.rows, &mut s.rel_head);
        leaky(&mut s.dep);
        leaky(&mut s.head);
        s.rows.round(&s.head, self.arc_width);
        self.arc.apply(&mut s.rows, &mut s.key);
        self.arc_prior.apply(&mut s.rows, &mut s.prior);
        leaky(&mut s.rel_dep);
        leaky(&mut s.rel_head);
        let mut out = Vec::with_capacity(inputs.len());
        let mut at = 0;
        for (input, forms) in inputs.iter().zip(forms) {
            let n = input.lengths.len();
            out.push(self.sentence(at, n, forms, s));
            at += n + 1;
        }
        self.relations(&mut out, s);
        debug_assert_eq!(at * self.width, words.len());
        out
    }

    fn sentence(&self, at: usize, n: usize, forms: &[&str], s: &mut Scratch) -> Parsed {
        let mut parsed = Parsed::default();
        for (i, form) in forms.iter().enumerate().take(n) {
            let row = at + 1 + i;
            let slice =
                |from: &'_ Linear, all: &[f32]| all[row * from.outputs..(row + 1) * from.outputs].to_vec();
            let tag = top(&s.upos[row * self.upos.outputs..(row + 1) * self.upos.outputs]);
            parsed.upos.push(self.upos_labels[tag]);
            let feats = &s.feats[row * self.feats.outputs..(row + 1) * self.feats.outputs];
            let seen = self.allowed[tag].iter().copied();
            parsed.feats.push(
                seen.reduce(|a, b| if feats[b] > feats[a] { b } else { a }).unwrap_or_else(|| top(feats)),
            );
            parsed.lemmas.push(self.lemma(form, slice(&self.rules, &s.rules)));
            parsed
                .names
                .extend_from_slice(&s.names[row * self.names.outputs..(row + 1) * self.names.outputs]);
        }
        if let Some(vector) = &self.vector {
            let width = vector.outputs;
            parsed.vectors.extend_from_slice(&s.vectors[(at + 1) * width..(at + 1 + n) * width]);
        }
        parsed.starts = (1..n).filter(|i| s.starts[at + 1 + i] > START).collect();
        parsed.heads = self.tree(at, n, s);
        parsed
    }

    /// The lemma by the best rule that fits the form.
    fn lemma(&self, form: &str, mut scores: Vec<f32>) -> String {
        for _ in 0..4 {
            let best = top(&scores);
            if let Some(lemma) = self.rule_labels.get(best).and_then(|r| r.apply(form)) {
                return lemma;
            }
            if let Some(score) = scores.get_mut(best) {
                *score = f32::NEG_INFINITY;
            }
        }
        form.to_lowercase()
    }

    fn tree(&self, at: usize, n: usize, s: &mut Scratch) -> Vec<usize> {
        let a = self.arc_width;
        let (dep, key) = (&s.dep[(at + 1) * a..(at + 1 + n) * a], &s.key[at * a..(at + 1 + n) * a]);
        scores(dep, key, &s.prior[at..at + n + 1], a, &mut s.grid, &mut s.scores);
        tree::best(&s.scores, n)
    }

    /// Labels every arc of the batch: a diagonal bilinear form of dependent and head per relation.
    fn relations(&self, parsed: &mut [Parsed], s: &mut Scratch) {
        let r = self.rel_width;
        s.pairs.clear();
        let mut at = 0;
        for p in parsed.iter() {
            for (i, head) in p.heads.iter().enumerate() {
                let dep = &s.rel_dep[(at + 1 + i) * r..(at + 2 + i) * r];
                let head = &s.rel_head[(at + head) * r..(at + head + 1) * r];
                s.pairs.extend(dep.iter().zip(head).map(|(d, h)| d * h));
                s.pairs.extend_from_slice(dep);
                s.pairs.extend_from_slice(head);
            }
            at += p.heads.len() + 1;
        }
        s.rows.round(&s.pairs, 3 * r);
        self.rel.apply(&mut s.rows, &mut s.labels);
        let mut rows = s.labels.chunks_exact_mut(self.relation_labels.len());
        for p in parsed.iter_mut() {
            for head in &p.heads {
                let Some(row) = rows.next() else { break };
                row[self.root] = if *head == 0 { f32::INFINITY } else { f32::NEG_INFINITY };
                p.relations.push(top(row));
            }
            self.lift(p);
        }
    }

    /// Arguments never hang from function words (*Under no circumstances has Qatar bombed*): such an arc goes one up.
    fn lift(&self, p: &mut Parsed) {
        for i in 0..p.heads.len() {
            if !self.arguments[p.relations[i]] {
                continue;
            }
            for _ in 0..8 {
                match p.heads[i].checked_sub(1) {
                    Some(above) if self.function[p.relations[above]] && p.heads[above] != 0 => {
                        p.heads[i] = p.heads[above];
                    }
                    _ => break,
                }
            }
        }
    }
}

/// Relations of words that take no arguments (Universal Dependencies, "function words").
const FUNCTION: &[&str] = &["aux", "cop", "mark", "case", "det", "cc", "punct"];
/// Relations of arguments and adjuncts of a clause.
const ARGUMENTS: &[&str] = &["nsubj", "csubj", "obj", "iobj", "obl", "ccomp", "xcomp", "advcl"];

/// A relation without its subtype.
fn base(relation: &str) -> &str {
    relation.split(':').next().unwrap_or("")
}

fn top(row: &[f32]) -> usize {
    (0..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best })
}
