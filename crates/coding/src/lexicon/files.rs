//! The lexicon's files: those compiled into the program, and over them those of a user's layers.

use atlas::LayerFile;
use std::collections::HashMap;

macro_rules! lexicon_files {
    ($($name:literal),* $(,)?) => {
        &[$(File {
            layer: 0,
            name: $name,
            shown: concat!("data/", $name),
            text: include_str!(concat!("../../../../data/", $name)),
        }),*]
    };
}

/// One file.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    /// 0 for what ships.
    pub(super) layer: usize,
    /// Path below `data/`.
    pub(super) name: &'a str,
    /// Path for messages.
    pub(super) shown: &'a str,
    pub(super) text: &'a str,
}

/// In the order in which frames are numbered.
const EMBEDDED: &[File<'static>] = lexicon_files![
    "lexicon/classes.toml",
    "lexicon/classes-conflict.toml",
    "lexicon/classes-sources.toml",
    "lexicon/cameo.tsv",
    "lexicon/frames/agree.toml",
    "lexicon/frames/consult.toml",
    "lexicon/frames/support.toml",
    "lexicon/frames/concede.toml",
    "lexicon/frames/cooperate.toml",
    "lexicon/frames/aid.toml",
    "lexicon/frames/retreat.toml",
    "lexicon/frames/request.toml",
    "lexicon/frames/accuse.toml",
    "lexicon/frames/reject.toml",
    "lexicon/frames/threaten.toml",
    "lexicon/frames/protest.toml",
    "lexicon/frames/sanction.toml",
    "lexicon/frames/mobilize.toml",
    "lexicon/frames/coerce.toml",
    "lexicon/frames/assault.toml",
    "lexicon/basis.tsv",
    "lexicon/light.tsv",
    "lexicon/cues.tsv",
    "lexicon/marks.tsv",
    "lexicon/actuality.tsv",
    "lexicon/nonevents.tsv",
    "lexicon/quantities.tsv",
    "lexicon/confidence.tsv",
    "lexicon/actor-codes.tsv",
];

/// Whether the lexicon reads a file of this name from a layer: `lexicon/frames/mine.toml`, `lexicon/cues.tsv`.
pub fn is_file(name: &str) -> bool {
    let Some(file) = name.strip_prefix("lexicon/") else { return false };
    let toml = |stem: &str| !stem.contains('/') && stem != "TEMPLATE" && !stem.is_empty();
    if let Some(frames) = file.strip_prefix("frames/") {
        return frames.strip_suffix(".toml").is_some_and(toml);
    }
    let classes = file.strip_prefix("classes").and_then(|rest| rest.strip_suffix(".toml"));
    classes.is_some_and(|rest| !rest.contains('/'))
        || file.ends_with(".tsv") && EMBEDDED.iter().any(|shipped| shipped.name == name)
}

/// Names of the files a layer may hold, for suggestions.
pub fn file_names() -> Vec<String> {
    let tables = EMBEDDED.iter().map(|file| file.name).filter(|name| name.ends_with(".tsv"));
    tables.chain(["lexicon/classes.toml", "lexicon/frames/mine.toml"]).map(str::to_owned).collect()
}

/// A set of data files, those of later layers behind those of earlier ones.
#[derive(Debug)]
pub(super) struct Files<'a>(Vec<File<'a>>);

impl<'a> Files<'a> {
    /// The shipped files and those of `layers`, which must be in their order. What the lexicon does not read is passed
    /// over.
    pub(super) fn new(layers: &'a [LayerFile]) -> Self {
        let layered = layers.iter().filter(|file| is_file(&file.name)).map(|file| File {
            layer: file.layer.max(1),
            name: &file.name,
            shown: &file.shown,
            text: &file.text,
        });
        Self(EMBEDDED.iter().copied().chain(layered).collect())
    }

    /// Files whose path starts with `prefix`, in order.
    pub(super) fn under(&self, prefix: &str) -> impl Iterator<Item = File<'a>> {
        self.0.iter().copied().filter(move |file| file.name.starts_with(prefix))
    }

    /// FNV-1a over names and contents: the same files give the same version everywhere.
    pub(super) fn version(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for File { name, text, .. } in &self.0 {
            for byte in name.bytes().chain([0]).chain(text.bytes()) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{:012x}", hash >> 16)
    }
}

/// A TOML file read entry by entry where it cannot be read as a whole: the tables that begin at a line for which `starts`
/// holds, each with the number of lines before it. What stands before the first is the first part.
pub(super) fn parts(text: &str, starts: impl Fn(&str) -> bool) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut from, mut before, mut offset) = (0, 0, 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if starts(line.trim_start()) && offset > from {
            parts.push((before, &text[from..offset]));
            (from, before) = (offset, number);
        }
        offset += line.len();
    }
    parts.push((before, &text[from..]));
    parts
}

/// Positions of entries by their key, with the layer they come from: who takes whose place.
#[derive(Debug, Default)]
pub(super) struct Places(HashMap<String, Vec<(usize, usize)>>);

impl Places {
    /// Positions that an entry of `layer` with this key replaces.
    pub(super) fn replaced(&self, key: &str, layer: usize) -> Vec<usize> {
        let known = self.0.get(key).into_iter().flatten();
        known.filter(|(of, _)| *of < layer).map(|(_, at)| *at).collect()
    }

    /// Whether an entry of this layer itself has the key already.
    pub(super) fn twice(&self, key: &str, layer: usize) -> bool {
        self.0.get(key).is_some_and(|known| known.iter().any(|(of, _)| *of == layer))
    }

    /// Notes an entry, after those it replaces are gone.
    pub(super) fn put(&mut self, key: String, layer: usize, at: usize) {
        let known = self.0.entry(key).or_default();
        known.retain(|(of, _)| *of == layer);
        known.push((layer, at));
    }

    /// Forgets all entries with this key.
    pub(super) fn take_out(&mut self, key: &str) {
        self.0.remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_lexicon_are_read() {
        for name in ["lexicon/frames/mine.toml", "lexicon/classes-mine.toml", "lexicon/cues.tsv"] {
            assert!(is_file(name), "{name}");
        }
        for name in [
            "cues.tsv",
            "lexicon/cue.tsv",
            "lexicon/frames/TEMPLATE.toml",
            "lexicon/frames/a/b.toml",
            "frames/a.toml",
        ] {
            assert!(!is_file(name), "{name}");
        }
    }

    #[test]
    fn parts_keep_their_lines() {
        let text = "# head\n[[frame]]\nid = 1\n[[frame]]\nid = 2";
        let parts = parts(text, |line| line.starts_with("[[frame]]"));
        assert_eq!(parts, [(0, "# head\n"), (1, "[[frame]]\nid = 1\n"), (3, "[[frame]]\nid = 2")]);
    }
}
