//! The lexicon's files, compiled into the program.

macro_rules! lexicon_files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/", $name)))),*]
    };
}

/// Path below `data/` and contents, in the order in which frames are numbered.
const EMBEDDED: &[(&str, &str)] = lexicon_files![
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
    "lexicon/actuality.tsv",
    "lexicon/nonevents.tsv",
    "lexicon/quantities.tsv",
];

/// A set of data files.
#[derive(Debug)]
pub(super) struct Files(&'static [(&'static str, &'static str)]);

impl Files {
    pub(super) fn embedded() -> Self {
        Self(EMBEDDED)
    }

    /// Files whose path starts with `prefix`, in order.
    pub(super) fn under<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'static str, &'static str)> + 'a {
        self.0.iter().copied().filter(move |(name, _)| name.starts_with(prefix))
    }

    /// FNV-1a over names and contents: the same files give the same version everywhere.
    pub(super) fn version(&self) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for (name, text) in self.0 {
            for byte in name.bytes().chain([0]).chain(text.bytes()) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{:012x}", hash >> 16)
    }
}
