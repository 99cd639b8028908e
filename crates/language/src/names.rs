//! From per-word scores of BIO tags to names: the best sequence in which every `I-X` continues a name of kind X.

use record::NameKind;
use std::ops::Range;

/// A BIO tag of the model's inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

impl Tag {
    /// From the inventory's text; anything unknown is `Outside`.
    pub fn parse(text: &str) -> Self {
        let kind = match text.get(2..) {
            Some("PER") => NameKind::Person,
            Some("ORG") => NameKind::Organization,
            Some("LOC") => NameKind::Location,
            Some("FAC") => NameKind::Facility,
            Some("NORP") => NameKind::Group,
            Some("EVENT") => NameKind::Event,
            Some("LAW") => NameKind::Law,
            Some("WEAPON") => NameKind::Weapon,
            Some("MISC") => NameKind::Misc,
            _ => return Self::Outside,
        };
        match text.as_bytes().first() {
            Some(b'B') => Self::Begin(kind),
            Some(b'I') => Self::Inside(kind),
            _ => Self::Outside,
        }
    }
}

fn may_follow(previous: Option<Tag>, next: Tag) -> bool {
    match next {
        Tag::Inside(kind) => previous == Some(Tag::Begin(kind)) || previous == Some(Tag::Inside(kind)),
        _ => true,
    }
}

/// The best valid tag sequence (Viterbi), as names over word indices. `scores` holds one row of `tags.len()` per word.
pub(crate) fn decode(scores: &[f32], tags: &[Tag]) -> Vec<(NameKind, Range<usize>)> {
    let width = tags.len();
    if width == 0 || scores.is_empty() {
        return Vec::new();
    }
    let mut total: Vec<f32> =
        (0..width).map(|t| if may_follow(None, tags[t]) { scores[t] } else { f32::NEG_INFINITY }).collect();
    let mut back: Vec<usize> = Vec::with_capacity(scores.len());
    for row in scores.chunks_exact(width).skip(1) {
        let mut next = vec![f32::NEG_INFINITY; width];
        for t in 0..width {
            let mut from = 0;
            for p in (0..width).filter(|p| may_follow(Some(tags[*p]), tags[t])) {
                if total[p] > total[from] || !may_follow(Some(tags[from]), tags[t]) {
                    from = p;
                }
            }
            next[t] = total[from] + row[t];
            back.push(from);
        }
        total = next;
    }
    let words = scores.len() / width;
    let mut path = vec![0; words];
    path[words - 1] = (0..width).fold(0, |top, t| if total[t] > total[top] { t } else { top });
    for i in (1..words).rev() {
        path[i - 1] = back[(i - 1) * width + path[i]];
    }
    let mut names: Vec<(NameKind, Range<usize>)> = Vec::new();
    for (i, t) in path.into_iter().enumerate() {
        match (tags[t], names.last_mut()) {
            (Tag::Begin(kind), _) => names.push((kind, i..i + 1)),
            (Tag::Inside(kind), Some((k, span))) if *k == kind && span.end == i => span.end = i + 1,
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_starts_in_the_middle() {
        let tags: Vec<Tag> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(Tag::parse).into();
        // Kim | Jong | Un | visited | Kursk : the greedy second tag would be I-LOC, which may not follow B-PER.
        #[rustfmt::skip]
        let scores = [
            0.0, 5.0, 0.0, 1.0, 0.0,
            0.0, 0.0, 3.0, 0.0, 3.5,
            0.0, 0.0, 4.0, 0.0, 0.0,
            6.0, 0.0, 0.0, 0.0, 0.0,
            1.0, 0.0, 0.0, 2.0, 2.5,
        ];
        assert_eq!(decode(&scores, &tags), [(NameKind::Person, 0..3), (NameKind::Location, 4..5)]);
        assert!(decode(&[], &tags).is_empty());
    }
}
