"""Measures our reader and spaCy side by side: the library whose vocabulary we speak, trained from nothing on our data.

Figures from elsewhere say little: other corpora, other labels, another machine. This trains spaCy's standard configuration
for CPUs (`spacy init config --optimize efficiency`: one small convolutional encoder for tags, lemmas, trees and names) on
what `data.py` reads, and then runs spaCy and ours in turn on the same texts, each a process of its own, all on one core.

    python3 -m venv training/.venv && training/.venv/bin/pip install -r training/requirements-side-by-side.txt
    cargo build --release --bins --examples
    training/.venv/bin/python training/side_by_side.py                    # `--skip-training` to measure again

It prints one table (Markdown): F1 from the raw text of the dev treebanks, F1 of names on the dev corpora, words per second
(without loading) and peak memory from raw articles to CoNLL-U. `engine`: our language engine (`examples/conllu`, `names`),
which does what spaCy does; `legation`: the program, whose `parse` also judges what is real and whose `code` goes by the
atlas too. Linux only. To know when reading the table:
- Our encoder starts from pretrained weights (see `requirements.txt`); spaCy starts from nothing, without vectors, and keeps
  the checkpoint that is best on the dev sets. It knows no paragraphs, so its texts are single paragraphs, in training as in
  the measurement; it reads a hundred of them at a time, which is faster than its default.
- spaCy learns the names that the scorer counts (buildings as places), from GUM, WikiGold and our own sentences. Our training
  also samples from further corpora, which `--names all` gives to spaCy whole.
"""
import argparse
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve()
KINDS = {"PER": "person", "ORG": "organization", "LOC": "place", "FAC": "place"}  # what the scorer counts, in its words
ONE_THREAD = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", PYTHONUTF8="1")


def layout(treebank):
    """For each sentence of a treebank: its text, and whether a paragraph starts with it."""
    opens = True
    for line in open(treebank, encoding="utf-8"):
        if line.startswith(("# newpar", "# newdoc")):
            opens = True
        elif line.startswith("# text = "):
            yield line.removeprefix("# text = ").rstrip("\n"), opens
            opens = False


def entity(tag):
    """A tag of ours in spaCy's terms; `?` is left open, which is `""` there."""
    return "" if tag == "?" else tag[:2] + KINDS[tag[2:]] if tag[2:] in KINDS else "O"


def paragraph_layers(paragraph):
    """What spaCy's `Doc` is made of, for a paragraph of a treebank: pairs of a sentence and its text."""
    rows = {k: [] for k in ("words", "spaces", "pos", "morphs", "lemmas", "heads", "deps", "ents")}
    for s, text in paragraph:
        start, at = len(rows["words"]), 0
        rows["heads"] += [start + (head - 1 if head else i) for i, head in enumerate(s.head)]
        for word in s.words:
            at = text.index(word, at) + len(word)
            rows["spaces"].append(not text[at : at + 1].strip())
        rows["words"], rows["pos"], rows["lemmas"] = rows["words"] + s.words, rows["pos"] + s.upos, rows["lemmas"] + s.lemma
        rows["morphs"] += ["" if feats == "_" else feats for feats in s.feats]
        rows["deps"] += ["ROOT" if rel == "root" else rel for rel in s.rel]
        rows["ents"] += map(entity, s.ner or ["?"] * len(s.words))
    return rows


def write_docs(corpora, chosen, work):
    """`train.spacy` and `dev.spacy`: the treebanks by paragraphs, and (to train) sentences that have names only."""
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab
    import data
    work.mkdir(parents=True, exist_ok=True)
    treebanks, names, dev_names = data.load(corpora)
    known = {tuple(s.words): s.ner for s in dev_names["ewt"] + dev_names["gum"]}
    for s in treebanks["ewt-dev"] + treebanks["gum-dev"]:
        s.ner = known.get(tuple(s.words))
    vocab = Vocab()
    for part in ("train", "dev"):
        paragraphs = []
        for corpus in (f"ewt-{part}", f"gum-{part}"):
            for s, (text, opens) in zip(treebanks[corpus], layout(corpora / f"treebank/{corpus}.conllu"), strict=True):
                paragraphs += [[]] if opens else []
                paragraphs[-1].append((s, text))
        docs = [Doc(vocab, **paragraph_layers(paragraph)) for paragraph in paragraphs]
        if part == "train":  # words with spaces between them, as in the texts that names are scored on
            rows = [s for name in (names if chosen == "all" else chosen.split(",")) for s in names[name][0]]
            docs += [Doc(vocab, words=s.words, ents=list(map(entity, s.ner))) for s in rows]
        DocBin(docs=docs).to_disk(work / f"{part}.spacy")


def train(work, max_steps):
    init = ["init", "config", work / "config.cfg", "-o", "efficiency", "-p", "morphologizer,trainable_lemmatizer,parser,ner", "-F"]
    fit = ["train", work / "config.cfg", "--paths.train", work / "train.spacy", "--paths.dev", work / "dev.spacy"]
    fit += ["--output", work / "model", "--training.max_steps", max_steps]
    fit += ["--training.eval_frequency", min(200, max_steps // 2 or 1)]  # the default, or sooner in a short try
    for task in (init, fit):
        subprocess.run([sys.executable, "-m", "spacy", *map(str, task)], check=True, env=ONE_THREAD, stdout=sys.stderr)


def spacy_parse(model, source):
    """Prints CoNLL-U. Any white space becomes one space, so that no token is made of it."""
    import spacy
    files = sorted(source.glob("*.txt")) if source.is_dir() else [source]
    paragraphs = (p.split() for file in files for p in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")))
    for doc in spacy.load(model).pipe((" ".join(words) for words in paragraphs if words), batch_size=100):
        for sentence in doc.sents:
            for k, t in enumerate(sentence, 1):
                head, rel = (0, "root") if t.head == t else (t.head.i - sentence.start + 1, t.dep_ or "dep")
                print(k, t.text, t.lemma_ or "_", t.pos_ or "X", "_", t.morph or "_", head, rel, "_", "_", sep="\t")
            print()


def spacy_names(model, source):
    """Prints the mentions in each line of `ner.py export`, as `legation code` does."""
    import spacy
    rows = ((row["text"], row["id"]) for row in map(json.loads, open(source, encoding="utf-8")))
    for doc, id in spacy.load(model).pipe(rows, batch_size=100, as_tuples=True):
        mentions = [{"start": e.start_char, "end": e.end_char, "kind": e.label_} for e in doc.ents]
        print(json.dumps({"article": {"id": id}, "mentions": mentions}))


def run(command, output):
    """Runs it with its output in a file. Seconds, and peak megabytes (`VmHWM`, read until it ends)."""
    peak, begin = 0, time.perf_counter()
    with open(output, "wb") as out, open(f"{output}.log", "wb") as log:
        process = subprocess.Popen(command, stdout=out, stderr=log, env=ONE_THREAD)
        while process.poll() is None:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak = max([peak, *map(int, re.findall(r"VmHWM:\s+(\d+)", status))])
            time.sleep(0.01)
        seconds = time.perf_counter() - begin
    if process.returncode not in (0, 3):  # 3: some inputs were skipped, each named in the log
        sys.exit(f"{command[0]} ended with {process.returncode}; see {output}.log")
    return seconds, peak / 1024


def measure(corpora, work, programs):
    """Yields the rows of the table: a label, and the figures of spaCy, our engine, our program."""
    scorers, model, spacy = corpora.parent / "score", work / "model/model-best", [sys.executable, HERE]
    parsers = [*spacy, "spacy-parse", model], [programs / "examples/conllu", "text"], [programs / "legation", "parse"]
    namers = [*spacy, "spacy-names", model], [programs / "examples/names"], [programs / "legation", "code"]

    def scores(commands, scorer, text, gold, wanted):
        found = []
        for k, command in enumerate(commands):
            run([*command, text], system := text.with_suffix(f".{k}"))
            out = subprocess.check_output([sys.executable, scorers / scorer, gold, system], text=True, env=ONE_THREAD)
            found.append({group.split()[0]: group.split()[-1] for group in out.strip().split("  ")})  # `LOC P 1 R 2 F1 3`
        yield from ([f"{gold.name}: {name}", *(figures[name] for figures in found)] for name in wanted.split())

    for corpus in ("ewt-dev", "gum-dev"):
        gold, text = corpora / f"treebank/{corpus}.conllu", work / f"{corpus}.txt"
        raw = "".join(("\n\n" if opens else " ") + sentence for sentence, opens in layout(gold)).lstrip("\n")
        text.write_text(raw + "\n", encoding="utf-8")  # as `cargo xtask score` makes it
        yield from scores(parsers, "conllu.py", text, gold, "sentences tokens upos lemma uas las las-base")
    for corpus in ("uner-ewt-dev", "gum-dev"):
        gold, text = corpora / f"ner/{corpus}.bio", work / f"{corpus}.jsonl"
        text.write_bytes(subprocess.check_output([sys.executable, scorers / "ner.py", "export", gold], env=ONE_THREAD))
        yield from scores(namers, "ner.py", text, gold, "PER LOC ORG all")
    folder, joined, word, out = corpora / "polnear/dev/text", work / "all.txt", work / "word.txt", work / "speed.conllu"
    articles = "\n\n".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt")))
    joined.write_text(articles, encoding="utf-8")
    word.write_text("Peace\n", encoding="utf-8")
    count, loads, speeds, peaks = len(articles.split()), [], [], []
    for command, source in zip(parsers, (folder, joined, folder)):  # the example takes one file
        seconds, memory = zip(*(run([*command, source], out) for _ in range(3)))
        load, _ = min(run([*command, word], out) for _ in range(3))
        loads.append(f"{load:.2f}")
        speeds.append(f"{count / (min(seconds) - load):.0f}")
        peaks.append(f"{max(memory):.0f}")
    yield [f"words per second ({count} words; the best of three)", *speeds]
    yield ["peak memory of that, MB", *peaks]
    yield ["one word, loading included, s (taken off above)", *loads]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", type=pathlib.Path, default=HERE.parents[2] / "shared/data", help="corpora; scorers lie in ../score")
    ap.add_argument("--work", type=pathlib.Path, default=HERE.parent / "work/side-by-side", help="for the model and all outputs")
    ap.add_argument("--programs", type=pathlib.Path, default=HERE.parents[1] / "target/release", help="where ours is built")
    ap.add_argument("--names", default="own,wikigold", help="name corpora beside GUM, by their keys in data.load, or `all`")
    ap.add_argument("--max-steps", type=int, default=20000, help="the default is spaCy's; it often stops earlier")
    ap.add_argument("--skip-training", action="store_true", help="use the model in the work folder")
    args = ap.parse_args()
    if not args.skip_training:
        write_docs(args.data, args.names, args.work)
        train(args.work, args.max_steps)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core for whatever is started from here on
    cores = re.findall(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    print(f"{time.strftime('%Y-%m-%d')}, one core of {len(cores)}: {' '.join(cores[:1])}; F1 in percent\n")
    print(f"| | spaCy {importlib.metadata.version('spacy')} | engine | legation |\n|---|---:|---:|---:|")
    for row in measure(args.data.resolve(), args.work.resolve(), args.programs.resolve()):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    inner = {"spacy-parse": spacy_parse, "spacy-names": spacy_names}.get("".join(sys.argv[1:2]))  # started by `measure`
    inner(*map(pathlib.Path, sys.argv[2:])) if inner else main()
