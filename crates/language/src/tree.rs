//! The best dependency tree: maximum spanning arborescence with exactly one root.
//!
//! Chu and Liu (1965), Edmonds (1967). The single root follows Stanojević and Cohen (2021), "A root of the problem": a constant
//! large enough to outweigh everything else is taken from every root arc, so an optimal tree uses as few as it can, one.

/// Heads of words `1..=n` for `scores[d * (n + 1) + h]`, the score of head `h` (0 is the root) for word `d + 1`.
///
/// The result is always a tree over all words with a single child of the root. Scores that are not finite count as very low.
pub(crate) fn best(scores: &[f32], n: usize) -> Vec<usize> {
    let width = n + 1;
    let greedy: Vec<usize> = (0..n).map(|d| argmax(&scores[d * width..(d + 1) * width], d + 1)).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let mut arcs = vec![f64::NEG_INFINITY; width * width];
    for d in 0..n {
        for h in (0..width).filter(|h| *h != d + 1) {
            let score = f64::from(scores[d * width + h]);
            let score = if score.is_finite() { score.clamp(-1e6, 1e6) } else { -1e6 };
            arcs[(d + 1) * width + h] = score - if h == 0 { 1e9 } else { 0.0 };
        }
    }
    let heads = arborescence(&arcs, width);
    heads[1..].to_vec()
}

fn argmax(row: &[f32], own: usize) -> usize {
    let mut top = usize::from(own == 0);
    for (h, score) in row.iter().enumerate() {
        if h != own && (top == own || *score > row[top]) {
            top = h;
        }
    }
    top
}

/// Whether every word reaches the root and the root has one child.
pub(crate) fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|h| **h == 0).count() != 1 {
        return false;
    }
    // 0 unseen, otherwise the word from which the walk that saw it started.
    let mut seen = vec![0usize; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && seen[at] == start {
            return false;
        }
    }
    true
}

/// Dense Chu-Liu/Edmonds over `size` nodes with node 0 as the root; `arcs[d * size + h]`. Returns a head per node.
fn arborescence(arcs: &[f64], size: usize) -> Vec<usize> {
    let mut heads = vec![0usize; size];
    for d in 1..size {
        let row = &arcs[d * size..(d + 1) * size];
        heads[d] = (0..size)
            .filter(|h| *h != d)
            .fold(usize::from(d == 0), |top, h| if row[h] > row[top] || top == d { h } else { top });
    }
    let Some(cycle) = cycle(&heads) else {
        return heads;
    };
    // Contract the cycle into the last node of a smaller graph, solve that, and open it again.
    let mut in_cycle = vec![false; size];
    cycle.iter().for_each(|v| in_cycle[*v] = true);
    let outside: Vec<usize> = (0..size).filter(|v| !in_cycle[*v]).collect();
    let small = outside.len() + 1;
    let merged = small - 1;
    let mut reduced = vec![f64::NEG_INFINITY; small * small];
    let mut enters = vec![0usize; small]; // for each outside head: the cycle node it would enter
    let mut leaves = vec![0usize; small]; // for each outside dependent: the cycle node that would head it
    for (i, &a) in outside.iter().enumerate() {
        for (j, &b) in outside.iter().enumerate() {
            reduced[i * small + j] = arcs[a * size + b];
        }
        for &c in &cycle {
            let into = arcs[c * size + a] - arcs[c * size + heads[c]];
            if into > reduced[merged * small + i] || enters[i] == 0 {
                reduced[merged * small + i] = into;
                enters[i] = c;
            }
            let from = arcs[a * size + c];
            if from > reduced[i * small + merged] || leaves[i] == 0 {
                reduced[i * small + merged] = from;
                leaves[i] = c;
            }
        }
    }
    let solved = arborescence(&reduced, small);
    for (i, &a) in outside.iter().enumerate().skip(1) {
        heads[a] = if solved[i] == merged { leaves[i] } else { outside[solved[i]] };
    }
    let from = solved[merged];
    heads[enters[from]] = outside[from];
    heads
}

fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut ring = vec![at];
            let mut next = heads[at];
            while next != at {
                ring.push(next);
                next = heads[next];
            }
            return Some(ring);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads, to compare against on small graphs.
    fn exhaustive(scores: &[f32], n: usize) -> f32 {
        let width = n + 1;
        (0..width.pow(n as u32))
            .map(|code| (0..n).map(|d| code / width.pow(d as u32) % width).collect::<Vec<_>>())
            .filter(|heads| is_tree(heads))
            .map(|heads| total(scores, &heads))
            .fold(f32::NEG_INFINITY, f32::max)
    }

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(d, h)| scores[d * (heads.len() + 1) + h]).sum()
    }

    #[test]
    fn finds_the_best_tree_with_one_root() {
        let mut state = 7u32;
        for round in 0..400 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 8) as f32 / 1e6
                })
                .collect();
            let heads = best(&scores, n);
            assert!(is_tree(&heads), "{heads:?}");
            assert!((total(&scores, &heads) - exhaustive(&scores, n)).abs() < 1e-3);
        }
    }

    #[test]
    fn hopeless_scores_still_give_a_tree() {
        for scores in [f32::NAN, f32::NEG_INFINITY, f32::INFINITY, 0.0] {
            assert!(is_tree(&best(&vec![scores; 30 * 31], 30)));
        }
    }
}
