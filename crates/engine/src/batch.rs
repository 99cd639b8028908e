//! Work over all cores, results in the order of the input, a bounded number under way.
//!
//! The work is the caller's, so that an item may carry what intake had to say about it, and a fault in one item need not
//! stop the others.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, PoisonError},
    thread,
};

/// Items that may be under way for each thread.
const AHEAD: usize = 4;

/// Calls `work` on every item, on `jobs` threads, and hands the results to `sink` in the order of the items. Ends early
/// when `sink` returns an error, which is handed back.
pub fn ordered<I: Send, O: Send, E>(
    items: impl Iterator<Item = I> + Send,
    jobs: usize,
    work: impl Fn(I) -> O + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let source = Mutex::new(items.enumerate());
    let queue =
        Queue { state: Mutex::new(State { running: jobs, ..State::default() }), moved: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                let _ends = Leave(&queue);
                loop {
                    let Some((number, item)) = lock(&source).next() else { break };
                    if !queue.may_start(number, jobs * AHEAD) {
                        break;
                    }
                    queue.put(number, work(item));
                }
            });
        }
        while let Some(result) = queue.take() {
            if let Err(error) = sink(result) {
                queue.close();
                return Err(error);
            }
        }
        Ok(())
    })
}

struct Queue<O> {
    state: Mutex<State<O>>,
    moved: Condvar,
}

struct State<O> {
    /// Results that wait for their turn.
    done: BTreeMap<usize, O>,
    /// The number whose turn it is.
    next: usize,
    /// Threads at work.
    running: usize,
    closed: bool,
}

impl<O> Default for State<O> {
    fn default() -> Self {
        Self { done: BTreeMap::new(), next: 0, running: 0, closed: false }
    }
}

impl<O> Queue<O> {
    /// Waits until item `number` is at most `ahead` items before its turn. False once the queue is closed.
    fn may_start(&self, number: usize, ahead: usize) -> bool {
        let mut state = lock(&self.state);
        while number >= state.next + ahead && !state.closed {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn put(&self, number: usize, result: O) {
        lock(&self.state).done.insert(number, result);
        self.moved.notify_all();
    }

    /// The next result in order; `None` when all are taken.
    fn take(&self) -> Option<O> {
        let mut state = lock(&self.state);
        loop {
            let turn = state.next;
            if let Some(result) = state.done.remove(&turn) {
                state.next += 1;
                self.moved.notify_all();
                return Some(result);
            }
            if state.running == 0 {
                return None;
            }
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        lock(&self.state).closed = true;
        self.moved.notify_all();
    }
}

/// Tells the queue that a thread has ended, however it ended.
struct Leave<'q, O>(&'q Queue<O>);

impl<O> Drop for Leave<'_, O> {
    fn drop(&mut self) {
        lock(&self.0.state).running -= 1;
        self.0.moved.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let mut seen = Vec::new();
        let work = |n: u64| {
            thread::sleep(std::time::Duration::from_micros(n * 7919 % 300));
            n
        };
        let ended: Result<(), ()> = ordered(0..200u64, 5, work, |n| {
            seen.push(n);
            Ok(())
        });
        assert_eq!((ended, seen), (Ok(()), (0..200).collect()));
    }

    #[test]
    fn an_error_of_the_sink_ends_the_run() {
        let ended = ordered(0.., 3, |n: u64| n, |n| if n == 50 { Err(n) } else { Ok(()) });
        assert_eq!(ended, Err(50));
    }
}
