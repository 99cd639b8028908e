//! What is read off the word vectors: tags, features, lemmas, trees and scores of names. Mirrors the heads of `training/model.py`.

use crate::Error;
use crate::container::Container;
use crate::encoder::Input;
use crate::kernel::{Linear, dot, leaky, product};
use crate::lemma::Rule;
use crate::names::Tag;
use crate::tree;
use ndarray::{ArrayView2, ArrayViewMut2};
use record::Upos;

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
}

/// Working memory of one thread.
#[derive(Default)]
pub(crate) struct Scratch {
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
    chosen: Vec<f32>,
    chosen_dep: Vec<f32>,
    bilinear: Vec<f32>,
    from_dep: Vec<f32>,
    from_head: Vec<f32>,
    scores: Vec<f32>,
}

/// The heads' weights and the inventories of labels.
pub(crate) struct Heads {
    upos: Linear,
    feats: Linear,
    rules: Linear,
    names: Linear,
    arc_dep: Linear,
    arc_head: Linear,
    arc: Linear,
    arc_prior: Linear,
    rel_dep: Linear,
    rel_head: Linear,
    rel: Linear,
    rel_from_dep: Linear,
    rel_from_head: Linear,
    upos_labels: Vec<Upos>,
    allowed: Vec<Vec<usize>>,
    feats_labels: Vec<String>,
    relation_labels: Vec<String>,
    rule_labels: Vec<Rule>,
    root: usize,
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
            arc_dep: linear("arc_dep", width, arc)?,
            arc_head: linear("arc_head", width, arc)?,
            arc: linear("arc", arc, arc)?,
            arc_prior: linear("arc_prior", arc, 1)?,
            rel_dep: linear("rel_dep", width, rel)?,
            rel_head: linear("rel_head", width, rel)?,
            rel: linear("rel", rel, relations * rel)?,
            rel_from_dep: linear("rel_from_dep", rel, relations)?,
            rel_from_head: linear("rel_from_head", rel, relations)?,
            upos_labels: h.upos.iter().map(|u| Upos::parse(u)).collect(),
            allowed: allowed.collect(),
            feats_labels: h.feats.iter().map(|f| if f == "_" { String::new() } else { f.clone() }).collect(),
            relation_labels: h.relations.clone(),
            rule_labels: h.rules.iter().map(|r| Rule::parse(r)).collect(),
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
        self.upos.apply(words, &mut s.upos);
        self.feats.apply(words, &mut s.feats);
        self.rules.apply(words, &mut s.rules);
        self.names.apply(words, &mut s.names);
        self.arc_dep.apply(words, &mut s.dep);
        self.arc_head.apply(words, &mut s.head);
        leaky(&mut s.dep);
        leaky(&mut s.head);
        self.arc.apply(&s.head, &mut s.key);
        self.arc_prior.apply(&s.head, &mut s.prior);
        self.rel_dep.apply(words, &mut s.rel_dep);
        self.rel_head.apply(words, &mut s.rel_head);
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
        s.scores.resize(n * (n + 1), 0.0);
        let scale = 1.0 / (a as f32).sqrt();
        if let (Ok(dep), Ok(key), Ok(mut out)) = (
            ArrayView2::from_shape((n, a), &s.dep[(at + 1) * a..(at + 1 + n) * a]),
            ArrayView2::from_shape((n + 1, a), &s.key[at * a..(at + 1 + n) * a]),
            ArrayViewMut2::from_shape((n, n + 1), s.scores.as_mut_slice()),
        ) {
            product(scale, &dep, &key.t(), &mut out);
        }
        for row in s.scores.chunks_exact_mut(n + 1) {
            row.iter_mut().zip(&s.prior[at..]).for_each(|(v, p)| *v += p);
        }
        tree::best(&s.scores, n)
    }

    /// Labels every arc of the batch: one product for the bilinear part, then one inner product per relation.
    fn relations(&self, parsed: &mut [Parsed], s: &mut Scratch) {
        let r = self.rel_width;
        s.chosen.clear();
        s.chosen_dep.clear();
        let mut at = 0;
        for p in parsed.iter() {
            for (i, head) in p.heads.iter().enumerate() {
                s.chosen.extend_from_slice(&s.rel_head[(at + head) * r..(at + head + 1) * r]);
                s.chosen_dep.extend_from_slice(&s.rel_dep[(at + 1 + i) * r..(at + 2 + i) * r]);
            }
            at += p.heads.len() + 1;
        }
        self.rel.apply(&s.chosen, &mut s.bilinear);
        self.rel_from_dep.apply(&s.chosen_dep, &mut s.from_dep);
        self.rel_from_head.apply(&s.chosen, &mut s.from_head);
        let labels = self.relation_labels.len();
        let mut word = 0;
        for p in parsed.iter_mut() {
            for head in &p.heads {
                let dep = &s.chosen_dep[word * r..(word + 1) * r];
                let mut best = (self.root, f32::NEG_INFINITY);
                for label in (0..labels).filter(|l| *l != self.root && *head != 0) {
                    let k = word * labels + label;
                    let score = dot(&s.bilinear[k * r..(k + 1) * r], dep) + s.from_dep[k] + s.from_head[k];
                    if score > best.1 {
                        best = (label, score);
                    }
                }
                p.relations.push(best.0);
                word += 1;
            }
        }
    }
}

fn top(row: &[f32]) -> usize {
    (0..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best })
}
