"""Trains the scorer of coreference on the finished encoder and adds it to the checkpoint.

    cargo build --release -p language --examples            # with the weights just exported
    target/release/examples/coreference rows FILES… > work/coreference.jsonl
    python coreference.py work/epoch8.pt work/coreference.jsonl
    python export.py work/epoch8.pt                          # again, now with the scorer

Mentions, candidates and the slots of their features come from the program (`crates/language/src/coreference`), so that they
exist once; the vectors of the heads come from the encoder, which stays as it is. The loss is that of mention ranking with all
right antecedents added up (Durrett and Klein 2013).
"""
import argparse
import json
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

import data
import model
import train

SEED, EPOCHS, RATE, WIDTH, HIDDEN, ALONE, PAIR = 11, 12, 1e-3, 48, 64, 160, 1500


class Side(nn.Module):
    def __init__(self, slots):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(slots, HIDDEN))
        self.bias = nn.Parameter(torch.zeros(HIDDEN))
        self.out = nn.Parameter(torch.randn(HIDDEN) * 0.2)
        self.shift = nn.Parameter(torch.zeros(1))
        nn.init.normal_(self.table, std=0.05)

    def forward(self, first, slots, offsets):
        hidden = first + self.bias + F.embedding_bag(slots, self.table, offsets, mode="sum")
        return F.dropout(F.relu(hidden), 0.2, self.training) @ self.out + self.shift


class Scorer(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(model.HIDDEN, WIDTH)
        self.alone, self.pair = Side(ALONE), Side(PAIR)
        self.own, self.new, self.other, self.both = (nn.Parameter(torch.randn(WIDTH, HIDDEN) * 0.05) for _ in range(4))

    def forward(self, vectors, d):
        """Scores of all mentions of a document: being new, and each candidate (flat)."""
        x = F.dropout(self.project(vectors), 0.3, self.training)
        alone = self.alone(x @ self.new, *d["alone"])
        m, c = d["mention"], d["candidate"]
        first = (x @ self.own)[m] + (x @ self.other)[c] + (x[m] * x[c]) @ self.both
        return alone, self.pair(first, *d["pairs"])

    def tensors(self):
        """By the names of the weights file."""
        out = {"coref.project.weight": self.project.weight, "coref.project.bias": self.project.bias}
        for name in ("own", "new", "other", "both"):
            out[f"coref.{name}.weight"] = getattr(self, name)
        for name in ("alone", "pair"):
            for part in ("table", "bias", "out", "shift"):
                out[f"coref.{name}.{part}"] = getattr(getattr(self, name), part)
        return {k: v.detach().clone() for k, v in out.items()}


def bag(rows):
    offsets, flat = [], []
    for row in rows:
        offsets.append(len(flat))
        flat += row
    return torch.tensor(flat, dtype=torch.long), torch.tensor(offsets, dtype=torch.long)


@torch.no_grad()
def prepare(document, net, pieces, labels):
    """One document as tensors, or None where it has no mention."""
    rows = document["mentions"]
    if not rows:
        return None
    words = []
    for sentence in document["sentences"]:
        s = data.Sentence(sentence, "coreference")
        e = data.encode(s, pieces, labels, longest=model.POSITIONS)
        b = model.collate([e])
        words.append(net.encode(b["ids"], b["shapes"], b["lengths"], b["word"], b["words"])[0, 1:])
    words = torch.cat(words)
    pairs = [(i, c, slots) for i, row in enumerate(rows) for c, slots in row["pairs"]]
    gold = [row["gold"] for row in rows]
    right = [gold[i] is not None and gold[i] == gold[c] for i, c, _ in pairs]
    first = torch.ones(len(rows), dtype=torch.bool)
    for (i, _, _), r in zip(pairs, right):
        if r:
            first[i] = False
    return {
        "vectors": words[[row["head"] for row in rows]].clone(), "alone": bag([row["alone"] for row in rows]),
        "mention": torch.tensor([i for i, _, _ in pairs], dtype=torch.long),
        "candidate": torch.tensor([c for _, c, _ in pairs], dtype=torch.long), "pairs": bag([s for _, _, s in pairs]),
        "right": torch.tensor(right, dtype=torch.bool), "first": first,
        "kind": [row["kind"] for row in rows],
    }


def log_sum(scores, index, n):
    top = torch.full((n,), -1e9).scatter_reduce(0, index, scores.detach(), "amax")
    return top + torch.zeros(n).index_add(0, index, (scores - top[index]).exp()).clamp(min=1e-12).log()


def loss(net, d, kind_weight):
    alone, pairs = net(d["vectors"], d)
    n = len(alone)
    index = torch.cat([torch.arange(n), d["mention"]])
    scores = torch.cat([alone, pairs])
    right = torch.cat([d["first"], d["right"]])
    total = log_sum(scores, index, n)
    hit = log_sum(scores.masked_fill(~right, -1e4), index, n)
    weight = torch.tensor([kind_weight[k] for k in d["kind"]])
    return ((total - hit) * weight).sum() / weight.sum()


@torch.no_grad()
def accuracy(net, documents):
    """Share of mentions whose best choice is right, by kind, anaphoric ones apart."""
    net.eval()
    right, all_ = {}, {}
    for d in documents:
        alone, pairs = net(d["vectors"], d)
        best = list(zip(alone.tolist(), d["first"].tolist()))
        for i, s, r in zip(d["mention"].tolist(), pairs.tolist(), d["right"].tolist()):
            if s > best[i][0]:
                best[i] = (s, r)
        for kind, first, (_, ok) in zip(d["kind"], d["first"].tolist(), best):
            k = f"{kind}, {'new' if first else 'old'}"
            right[k], all_[k] = right.get(k, 0) + ok, all_.get(k, 0) + 1
    return "  ".join(f"{k} {100 * right[k] / all_[k]:.1f}" for k in sorted(all_))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("rows")
    ap.add_argument("--dev", help="rows of held-out documents")
    ap.add_argument("--data", default=str(data.HERE.parent.parent / "shared" / "data"))
    args = ap.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(2)
    rng = random.Random(SEED)
    _, _, _, _, labels, pieces = train.build(args.data)
    encoder = model.Net(len(pieces.tok.get_vocab()), data.SHAPES, labels)
    checkpoint = torch.load(args.checkpoint)
    encoder.load_state_dict(checkpoint["state"])
    encoder.eval()
    read = lambda path: [d for d in (prepare(json.loads(l), encoder, pieces, labels) for l in open(path, encoding="utf-8")) if d]
    documents, dev = read(args.rows), read(args.dev) if args.dev else []
    print(len(documents), "documents,", sum(len(d["kind"]) for d in documents), "mentions", flush=True)
    net = Scorer()
    opt = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(opt, RATE, total_steps=EPOCHS * len(documents), pct_start=0.1)
    kind_weight = {"pronoun": 2.0, "name": 1.0, "nominal": 1.0}
    for epoch in range(1, EPOCHS + 1):
        net.train()
        total = 0.0
        rng.shuffle(documents)
        for d in documents:
            value = loss(net, d, kind_weight)
            opt.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            schedule.step()
            total += float(value.detach())
        print(f"epoch {epoch} loss {total / len(documents):.4f}  {accuracy(net, dev)}", flush=True)
    checkpoint["coreference"] = net.tensors()
    torch.save(checkpoint, args.checkpoint)


if __name__ == "__main__":
    main()
