"""Fits the confidence of events to what readers said of them.

    cargo build --release
    python confidence.py fit [--data DIR]        # data/lexicon/confidence.tsv
    python confidence.py figures [--data DIR]    # reliability in ten bins, each article scored by weights fitted without it
    python confidence.py check [--data DIR]      # the program's confidence as it ships, on events read after the fit

`readings/events.tsv` has events that the program coded in news, each with a reader's word on whether the text tells an act of that type
there. The judge's heads were trained on two thirds of those articles; the confidence is fitted on the rest, so that it sees the heads
as they are on text they do not know. The signals are computed by the program (`crates/coding/src/confidence.rs`).
"""
import argparse
import csv
import pathlib
import random
import re
import tempfile

import torch
import torch.nn.functional as F

import news

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE.parent / "data" / "lexicon" / "confidence.tsv"
SIGNAL = re.compile(r"([\w.]+) (-?[\d.]+) × ")
DECAY, STEPS, FOLDS, CUTS = 0.6, 500, 5, (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def events(root):
    """(article, signals, accepted) of all held articles' events that the program still codes."""
    wanted = [r for r in csv.DictReader(open(HERE / "readings" / "events.tsv", encoding="utf-8"), delimiter="\t") if news.is_held(r["corpus"], r["article"])]
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        # With all weights 0 nothing is left out.
        layer = pathlib.Path(folder) / "layer" / "lexicon"
        layer.mkdir(parents=True)
        flat = [line if line.startswith(("#", "signal")) else "\t".join([line.split("\t")[0], "0", ""]) for line in lines]
        (layer / "confidence.tsv").write_text("\n".join(flat) + "\n", encoding="utf-8")
        text = pathlib.Path(folder) / "text"
        text.mkdir()
        read = news.coded(news.texts(root, {(r["corpus"], r["article"]) for r in wanted}), text, "--explain", "--lexicon", str(layer.parent))
    out = []
    for r in wanted:
        for e in read.get((r["corpus"], r["article"]), {"events": []})["events"]:
            if e["anchor"]["start"] == int(r["start"]) and e["type"] == r["type"]:
                line = next(w for w in e["why"] if w.startswith("confidence "))
                out.append((f"{r['corpus']}/{r['article']}", dict((k, float(v)) for k, v in SIGNAL.findall(line)), float(r["accepted"])))
                break
    print(f"{len(wanted)} events read, {len(out)} of them still coded")
    return out


def bins(p, y):
    """Prints the table; the expected calibration error in points (Naeini and others 2015)."""
    error = 0.0
    print(" confidence  events  said  accepted")
    for k in range(10):
        these = (p >= k / 10) & (p < (k + 1) / 10 + (k == 9))
        if these.any():
            print(f"  {k / 10:.1f}-{(k + 1) / 10:.1f}   {int(these.sum()):6}  {100 * p[these].mean():4.0f}  {100 * y[these].mean():4.0f}")
            error += float(these.sum()) / len(p) * abs(float(p[these].mean() - y[these].mean()))
    return 100 * error


def check(root):
    wanted = list(csv.DictReader(open(HERE / "readings" / "check.tsv", encoding="utf-8"), delimiter="\t"))
    with tempfile.TemporaryDirectory() as folder:
        read = news.coded(news.texts(root, {(r["corpus"], r["article"]) for r in wanted}), folder)
    rows = []
    for r in wanted:
        same = [e for e in read.get((r["corpus"], r["article"]), {"events": []})["events"] if e["anchor"]["start"] == int(r["start"]) and e["type"] == r["type"]]
        rows += [(e["confidence"], float(r["accepted"]), bool(e["actors"] and e["recipients"]), r) for e in same[:1]]
    p, y = (torch.tensor([row[k] for row in rows]) for k in (0, 1))
    print(f"{len(wanted)} events read, {len(rows)} of them still coded")
    print(f"expected calibration error {bins(p, y):.1f} points")
    for what, sides in (("with both sides", True), ("with one side", False)):
        these = torch.tensor([row[2] == sides for row in rows])
        print(f"{what}: {int(these.sum())} events, said {100 * p[these].mean():.1f} %, accepted {100 * y[these].mean():.1f} %")
    share = lambda key: 100 * sum(row[3][key] == "1" for row in rows) / len(rows)
    print(f"type {share('accepted'):.1f} %, standing {share('standing'):.1f} %, doers {share('by'):.1f} %, receivers {share('to'):.1f} %")


def names():
    rows = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#"))
    return [(cells[0], cells[2] if len(cells) > 2 else "") for cells in rows]


def matrix(rows):
    return torch.tensor([[signals.get(name, 0.0) for name, _ in names()] for _, signals, _ in rows]), torch.tensor([y for _, _, y in rows])


def fitted(x, y):
    torch.manual_seed(0)
    w = torch.zeros(x.shape[1], requires_grad=True)
    opt = torch.optim.AdamW([w], lr=0.03, weight_decay=DECAY)
    for _ in range(STEPS):
        opt.zero_grad()
        F.binary_cross_entropy_with_logits(x @ w, y).backward()
        opt.step()
    return w.detach()


def figures(rows):
    articles = sorted({a for a, _, _ in rows})
    random.Random(3).shuffle(articles)
    fold = {a: k % FOLDS for k, a in enumerate(articles)}
    x, y = matrix(rows)
    of = torch.tensor([fold[a] for a, _, _ in rows])
    p = torch.zeros(len(rows))
    for k in range(FOLDS):
        p[of == k] = (x[of == k] @ fitted(x[of != k], y[of != k])).sigmoid()
    error = bins(p, y)
    order = p.argsort()
    rank = torch.empty_like(p)
    rank[order] = torch.arange(len(p)).float() + 1
    good = y.sum()
    area = (rank[y > 0].sum() - good * (good + 1) / 2) / (good * (len(y) - good))
    print(f"expected calibration error {error:.1f} points, area under the curve {100 * area:.1f}, accepted {100 * y.mean():.1f} % of all")
    for cut in CUTS:
        kept = p >= cut
        print(f"from {cut:.2f} on: {int(kept.sum())} events, accepted {100 * y[kept].mean():.1f} %; {100 * y[kept].sum() / good:.1f} % of all accepted")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=("fit", "figures", "check"))
    ap.add_argument("--data", default=str(HERE.parent.parent / "shared" / "data"))
    args = ap.parse_args()
    if args.what == "check":
        check(args.data)
        return
    rows = events(args.data)
    figures(rows)
    if args.what == "fit":
        x, y = matrix(rows)
        weights = fitted(x, y)
        lines = TABLE.read_text(encoding="utf-8").splitlines()
        head = [line for line in lines if line.startswith(("#", "signal"))]
        body = [f"{name}\t{float(w):.3f}\t{meaning}" for (name, meaning), w in zip(names(), weights)]
        TABLE.write_text("\n".join(head + body) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
