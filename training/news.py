"""News that readers have judged: texts of the corpora beside the project, as the program reads them.

The corpora stay outside the repository; `readings/` names their articles and the places in them.
"""
import csv
import hashlib
import json
import pathlib
import subprocess
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).resolve().parent


def texts(root, wanted):
    """The texts of the wanted articles, by (corpus, article): `TR-News` and `lgl` count theirs from 0, `polnear` has names; the sentences of
    `AW` and `MEANTIME` go by their hash."""
    root, out = pathlib.Path(root), {}
    for corpus in ("TR-News", "lgl"):
        numbers = {article for c, article in wanted if c == corpus}
        if numbers:
            for k, article in enumerate(ElementTree.parse(root / "geo" / f"{corpus}.xml").getroot().iter("article")):
                if str(k) in numbers:
                    out[corpus, str(k)] = (article.findtext("text") or "").strip() + "\n"
    single = {"AW": lambda: (r["sentence"] for r in csv.DictReader(open(root / "plover" / "AW_train.tsv", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)),
              "MEANTIME": lambda: (json.loads(line)["text"] for part in ("train", "dev") for line in open(root / "factuality" / f"meantime-{part}.jsonl", encoding="utf-8"))}
    for corpus, sentences in single.items():
        names = {article for c, article in wanted if c == corpus}
        for text in sentences() if names else ():
            name = hashlib.sha256(text.strip().encode()).hexdigest()[:16]
            if name in names:
                out[corpus, name] = text.strip() + "\n"
    for corpus, article in wanted:
        if corpus == "polnear":
            path = root / "polnear" / "train" / "text" / f"{article}.txt"
            out[corpus, article] = path.read_text(encoding="utf-8").strip() + "\n"
    return out


def coded(articles, folder, *options):
    """What the program (`cargo build --release` first) reads in them, by (corpus, article)."""
    for (corpus, article), text in articles.items():
        (pathlib.Path(folder) / f"{corpus}@{article}.txt").write_text(text, encoding="utf-8")
    tool = HERE.parent / "target" / "release" / "legation"
    done = subprocess.run([tool, "code", *options, folder], capture_output=True, text=True).stdout
    read = (json.loads(line) for line in done.split("\n") if line)
    return {tuple(r["article"]["id"].split("@", 1)): r for r in read}


def is_held(corpus, article):
    """Whether an article is among the third that no head is trained on."""
    return int(hashlib.sha256(f"{corpus}/{article}".encode()).hexdigest(), 16) % 3 == 0
