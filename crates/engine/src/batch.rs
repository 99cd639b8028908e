//! Many articles over all cores, readings in input order, with a bounded number under way.

use crate::Legation;
use coding::Coder;
use record::{Article, reading::Reading};
use std::{
    collections::BTreeMap,
    sync::{Mutex, mpsc},
};

/// How many articles a worker may be ahead of the slowest one.
const AHEAD: usize = 4;

/// A run over many articles.
pub struct Batch<'a> {
    legation: &'a Legation,
    jobs: usize,
    explain: bool,
}

impl<'a> Batch<'a> {
    /// A run on `jobs` threads (at least one).
    pub fn new(legation: &'a Legation, jobs: usize) -> Self {
        Self { legation, jobs: jobs.max(1), explain: false }
    }

    /// Adds to each event how its rule matched.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Reads every item of `articles` and hands each to `sink` in the order of the input. Items that are no articles pass
    /// through untouched, in their place. Stops early when `sink` returns an error, which is handed back.
    pub fn run<S, E>(
        &self,
        articles: impl Iterator<Item = Result<Article, S>> + Send,
        mut sink: impl FnMut(Result<Reading, S>) -> Result<(), E>,
    ) -> Result<(), E>
    where
        S: Send,
    {
        let source = Mutex::new(articles.enumerate());
        std::thread::scope(|scope| {
            let (results, done) = mpsc::sync_channel(self.jobs * AHEAD);
            for _ in 0..self.jobs {
                let (results, source) = (results.clone(), &source);
                scope.spawn(move || {
                    let coder = Coder::new(&self.legation.lexicon, &self.legation.atlas);
                    loop {
                        let next = match source.lock() {
                            Ok(mut source) => source.next(),
                            Err(_) => None,
                        };
                        let Some((number, item)) = next else { break };
                        let reading =
                            item.map(|article| self.legation.read_with(&coder, article, self.explain));
                        if results.send((number, reading)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(results);
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            for (number, result) in done {
                waiting.insert(number, result);
                while let Some(ready) = waiting.remove(&next) {
                    next += 1;
                    sink(ready)?;
                }
            }
            Ok(())
        })
    }
}
