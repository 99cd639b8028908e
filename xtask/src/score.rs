//! Scores the program against annotated corpora, with the scorers that come with them. Needs `../shared` beside the
//! checkout and Python 3; nothing else does.

use crate::generate::root;
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

pub fn run(arguments: &[String]) -> Result<()> {
    let shared = root().join("../shared");
    if !shared.join("score").is_dir() {
        bail!("there is no ../shared/score beside the checkout; scoring needs the corpora and their scorers");
    }
    let wanted = arguments.first().map_or("all", String::as_str);
    let scorer = Scorer { shared, work: root().join("target/score") };
    fs::create_dir_all(&scorer.work)?;
    let tasks: [(&str, Task); 8] = [
        ("conllu", Scorer::conllu),
        ("ner", Scorer::ner),
        ("coreference", Scorer::coreference),
        ("relate", Scorer::relate),
        ("events", Scorer::events),
        ("attribution", Scorer::attribution),
        ("factuality", Scorer::factuality),
        ("geo", Scorer::geo),
    ];
    let mut known = false;
    for (name, task) in tasks {
        if wanted == "all" || wanted == name {
            known = true;
            println!("== {name}");
            task(&scorer)?;
        }
    }
    if !known {
        bail!("`{wanted}` is no scoring task; use one of {}", tasks.map(|(name, _)| name).join(", "));
    }
    Ok(())
}

/// Scores one kind of output.
type Task = fn(&Scorer) -> Result<()>;

struct Scorer {
    shared: PathBuf,
    work: PathBuf,
}

impl Scorer {
    /// Raw text and gold words to CoNLL-U: sentences, words, tags, dependencies.
    fn conllu(&self) -> Result<()> {
        for corpus in ["ewt", "gum"] {
            let gold = self.shared.join(format!("data/treebank/{corpus}-dev.conllu"));
            let raw = self.work.join(format!("{corpus}.txt"));
            fs::write(&raw, raw_text(&fs::read_to_string(&gold)?))?;
            let system = self.work.join(format!("{corpus}.conllu"));
            self.legation(&["parse", path(&raw)?], &system)?;
            println!("{corpus}, from raw text");
            self.python("conllu.py", &[path(&gold)?, path(&system)?])?;
            self.legation(&["parse", "--conllu", path(&gold)?], &system)?;
            println!("{corpus}, gold words");
            self.python("conllu.py", &[path(&gold)?, path(&system)?])?;
        }
        Ok(())
    }

    fn ner(&self) -> Result<()> {
        for corpus in ["uner-ewt-dev", "gum-dev", "wnut17-dev", "wikigold-train"] {
            let gold = self.shared.join(format!("data/ner/{corpus}.bio"));
            println!("{corpus}");
            self.exported("ner.py", &gold)?;
        }
        Ok(())
    }

    /// Chains against GUM's, and against our own marked passages.
    fn coreference(&self) -> Result<()> {
        let gum = self.shared.join("data/treebank/gum-dev.conllu");
        let own = root().join("training/coreference/dev.txt");
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
        let status = Command::new(cargo)
            .args([
                "run",
                "--release",
                "--quiet",
                "-p",
                "language",
                "--example",
                "coreference",
                "--",
                "score",
            ])
            .args([gum, own])
            .current_dir(root())
            .status()?;
        if !status.success() {
            bail!("the example `coreference` ended with {status}");
        }
        Ok(())
    }

    /// Marked pairs. The judge was trained on `PLV_train`, so its figures here say little; those on pairs held out from training are
    /// printed by `training/judge.py folds`. `AW_train` was never trained on.
    fn relate(&self) -> Result<()> {
        let gold = self.shared.join("data/plover/PLV_train.tsv");
        let system = self.work.join("plover.tsv");
        self.legation(&["relate", path(&gold)?], &system)?;
        println!("PLV_train, which the judge has seen");
        self.python("relate.py", &[path(&gold)?, path(&system)?])?;
        println!("AW_train, conflict or not, never trained on");
        let out = self.work.join("aw.txt");
        self.legation(&["eval", "pairs", path(&self.shared.join("data/plover/AW_train.tsv"))?], &out)?;
        print!("{}", fs::read_to_string(&out)?);
        Ok(())
    }

    fn events(&self) -> Result<()> {
        self.exported("events.py", &self.shared.join("data/plover/PLV_train.tsv"))
    }

    fn geo(&self) -> Result<()> {
        for corpus in ["lgl", "TR-News"] {
            println!("{corpus}");
            self.exported("geo.py", &self.shared.join(format!("data/geo/{corpus}.xml")))?;
        }
        Ok(())
    }

    fn attribution(&self) -> Result<()> {
        let corpus = self.shared.join("data/polnear/dev");
        let system = self.work.join("polnear.jsonl");
        self.legation(&["code", path(&corpus.join("text"))?], &system)?;
        self.python("attribution.py", &[path(&corpus)?, path(&system)?])
    }

    fn factuality(&self) -> Result<()> {
        for corpus in ["uds-dev", "meantime-dev"] {
            let gold = self.shared.join(format!("data/factuality/{corpus}.jsonl"));
            let tokens = self.work.join(format!("{corpus}.conllu"));
            fs::write(&tokens, self.output("factuality.py", &["export", path(&gold)?])?)?;
            let system = self.work.join(format!("{corpus}.system.conllu"));
            self.legation(&["parse", "--conllu", path(&tokens)?], &system)?;
            println!("{corpus}");
            self.python("factuality.py", &[path(&gold)?, path(&system)?])?;
        }
        Ok(())
    }

    /// Scorers that export their articles, have them coded, and compare.
    fn exported(&self, scorer: &str, gold: &Path) -> Result<()> {
        let stem = gold.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let input = self.work.join(format!("{stem}.jsonl"));
        fs::write(&input, self.output(scorer, &["export", path(gold)?])?)?;
        let system = self.work.join(format!("{stem}.system.jsonl"));
        self.legation(&["code", path(&input)?], &system)?;
        self.python(scorer, &[path(gold)?, path(&system)?])
    }

    fn legation(&self, arguments: &[&str], output: &Path) -> Result<()> {
        let program = program()?;
        let out = fs::File::create(output)?;
        let status = Command::new(&program).args(arguments).stdout(out).status()?;
        // 3: some inputs were skipped, and named.
        if !status.success() && status.code() != Some(3) {
            bail!("legation {} ended with {status}", arguments.join(" "));
        }
        Ok(())
    }

    fn output(&self, scorer: &str, arguments: &[&str]) -> Result<Vec<u8>> {
        let script = self.shared.join("score").join(scorer);
        let output = Command::new("python3")
            .arg(script)
            .args(arguments)
            .output()
            .context("python3 is needed to score")?;
        if !output.status.success() {
            bail!("{scorer}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(output.stdout)
    }

    fn python(&self, scorer: &str, arguments: &[&str]) -> Result<()> {
        print!("{}", String::from_utf8_lossy(&self.output(scorer, arguments)?));
        Ok(())
    }
}

/// The built program, beside this one.
pub fn program() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let program = here.with_file_name(format!("legation{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        bail!("{} is not built: run `cargo build --release` first", program.display());
    }
    Ok(program)
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}

/// The raw text of a treebank: `# text` lines, a blank line between paragraphs.
fn raw_text(conllu: &str) -> String {
    let mut raw = String::new();
    let mut new_paragraph = true;
    for line in conllu.lines() {
        if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            new_paragraph = true;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            if !raw.is_empty() {
                raw.push_str(if new_paragraph { "\n\n" } else { " " });
            }
            raw.push_str(text);
            new_paragraph = false;
        }
    }
    raw.push('\n');
    raw
}
