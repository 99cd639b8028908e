"""Trains the judge: what a marked source does to a marked target, and whether a predicate took place.

    cargo build --release -p language --examples
    python judge.py train [--data DIR]            # work/judge.pt
    python judge.py folds [--data DIR]            # the same figures on pairs that were held out, and work/judge-folds.tsv
    python judge.py settle [--data DIR]           # the heads that say whether a word tells an act, on readings of news; work/judge.pt
    python judge.py export                        # models/legation-judge-en.bin and its parity fixture

It also says why an act that a sentence names is no event (sport, fiction, history, …).

The judge reads a sentence with the word tables of the finished parser and six layers of its own, of which the lower half stays as
it was pretrained: fine-tuning for syntax costs the encoder much of what it knows of meaning. A pair is judged from the words of its
two sides and from those words that they attend to (the act). Every operation has its counterpart in `crates/language/src/judge.rs`.
"""
import argparse
import csv
import hashlib
import json
import math
import pathlib
import random
import re
import struct
import subprocess
import tempfile
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import data
import export
import model
import news
import train

HERE = pathlib.Path(__file__).resolve().parent
SEED, EPOCHS, CODED, BUDGET, FROZEN, MARKED = 5, 5, 20, 1800, 3, 1
LR_LAYERS, LR_HEADS, WARMUP, SMOOTH, ACT, SWAP, SHRINK = 2e-4, 8e-4, 0.1, 0.05, 0.3, 0.12, 0.3
OWN, FACTS, LONGEST = 0.7, 0.6, 190  # weight of our own pairs beside the coded ones; share of the predicates seen in an epoch; pieces
TYPES = ("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE "
         "ASSAULT NONE").split()
# What a label may stand for: their probabilities add up in the loss.
MEANS = {t: [i] for i, t in enumerate(TYPES)} | {"YIELD": [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]}
REAL = ("yes", "no", "open")
# Why an act that a sentence names is no political event that took place; `reasons/` says what each means.
REASONS = "real sport metaphor history anniversary fiction court opinion hypothetical negated requested accident business other".split()
# Acts of these types are done, as our own pairs mark them; a promise or a threat names an act that is not.
DONE = "CONSULT COOPERATE AID CONCEDE RETREAT PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
TAG = re.compile(r"<(/?)([ste])>")


class Item:
    """One sentence with one task: `label` for a pair, `facts` (word, class) for predicates."""
    label, facts, reason, weight, mutual = None, (), None, 1.0, False


def unmarked(marked):
    """The plain sentence, and the character ranges of its marks."""
    text, at, spans, open_ = "", 0, {}, {}
    for m in TAG.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        if m[1]:
            if m[2] in open_:
                spans.setdefault(m[2], []).append((open_.pop(m[2]), len(text)))
        else:
            open_[m[2]] = len(text)
    return text + marked[at:], spans


def program_words(texts):
    """Words of each text as the program cuts them, as character ranges."""
    tool = HERE.parent / "target" / "release" / "examples" / "words"
    clean = [re.sub(r"\s", " ", t) for t in texts]
    done = subprocess.run([tool], input="\n".join(clean) + "\n", capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def pieces_of(item, words, pieces):
    ids, shapes, word = [pieces.cls], [0], [0]
    for k, w in enumerate(words):
        p = pieces.word(w)
        if len(ids) + len(p) >= LONGEST:
            break
        ids += p
        shapes += [data.shape(w)] * len(p)
        word += [k + 1] * len(p)
    item.ids, item.shapes, item.word, item.n = ids + [pieces.sep], shapes + [0], word + [-1], word[-1]
    return item


def marked_items(rows, pieces, weight):
    """Items from (label, mutual, marked sentence)."""
    plain = [unmarked(r[2]) for r in rows]
    out = []
    for (label, mutual, _), (text, spans), words in zip(rows, plain, program_words([p[0] for p in plain])):
        it = pieces_of(Item(), [text[a:b] for a, b in words], pieces)
        inside = lambda tag: [k + 1 for k, (a, b) in enumerate(words) if k < it.n and any(a < e and s < b for s, e in spans.get(tag, ()))]
        it.source, it.target, it.act = inside("s"), inside("t"), inside("e")
        it.label, it.mutual, it.weight = label, mutual, weight
        it.usable = bool(it.source and it.target)
        out.append(it)
    return out


def coded(root):
    with open(pathlib.Path(root) / "plover" / "PLV_train.tsv", encoding="utf-8") as f:
        return [(r["gold_root"], False, r["marked_sentence"]) for r in csv.DictReader(f, delimiter="\t")]


def own(pattern="*.tsv"):
    rows = []
    for path in sorted((HERE / "pairs").glob(pattern)):
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if len(cells) != 3 or cells[0] not in TYPES or any(cells[2].count(f"<{t}>") != 1 for t in "st"):
                raise SystemExit(f"{path}:{number}: three cells, a known type, and one source and target are needed")
            rows.append((cells[0], cells[1] == "m", cells[2]))
    return rows


def predicates(root, part, pieces):
    """Predicates with judgements of factuality: `uds` on web text, `meantime` on news."""
    out = []
    for name in ("uds", "meantime"):
        for line in open(pathlib.Path(root) / "factuality" / f"{name}-{part}.jsonl", encoding="utf-8"):
            d = json.loads(line)
            it = pieces_of(Item(), d["text"].split(), pieces)
            cls = lambda v: 0 if v >= 1 else 1 if v <= -1 else 2
            it.facts = [(t["span1"][0] + 1, cls(t["label"])) for t in d["targets"] if t["span1"][0] < it.n]
            it.source, it.target, it.act, it.corpus = [], [], [], name
            if it.facts:
                out.append(it)
    return out


def reasons(pieces, pattern="*.tsv"):
    """Acts with the reason why they are no event, or `real`: one act a line."""
    rows = []
    for path in sorted((HERE / "reasons").glob(pattern)):
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            cells = line.rstrip("\n").split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if len(cells) != 2 or cells[0] not in REASONS or cells[1].count("<e>") != 1:
                raise SystemExit(f"{path}:{number}: two cells, a known reason, and one act are needed")
            rows.append((cells[0], False, cells[1]))
    out = marked_items(rows, pieces, 1.0)
    for it, (reason, _, _) in zip(out, rows):
        it.label, it.reason = None, REASONS.index(reason)
        # All marks of one sentence fall on one side of the split.
        it.held = int(hashlib.sha256(bytes(str(it.ids), "ascii")).hexdigest(), 16) % 12 == 0
    return [it for it in out if it.act]


def coded_acts(rows, pieces):
    """The acts that the program (`cargo build --release` first) finds in the coded sentences with the coders' type: news that took place."""
    if not rows:
        return []
    kinds = {}
    for label, _, marked in rows:
        kinds.setdefault(unmarked(marked)[0], set()).add(label)
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for k, text in enumerate(kinds):
            (pathlib.Path(folder) / f"{k:05}.txt").write_text(text)
        tool = HERE.parent / "target" / "release" / "legation"
        read = subprocess.run([tool, "code", folder], capture_output=True, text=True).stdout
    for line in read.splitlines():
        reading = json.loads(line)
        text = reading["article"]["text"]
        for e in reading["events"]:
            kind = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(e["type"], e["type"])
            if kind in kinds.get(text, ()):
                a, b = e["anchor"]["start"], e["anchor"]["end"]
                out.append(("real", False, f"{text[:a]}<e>{text[a:b]}</e>{text[b:]}"))
    items = marked_items(out, pieces, 1.0)
    for it, (_, _, marked) in zip(items, out):
        it.label, it.reason, it.text = None, 0, unmarked(marked)[0]
    return [it for it in items if it.act]


class Judge(nn.Module):
    def __init__(self, layers):
        super().__init__()
        H = model.HIDDEN
        self.layers = layers
        self.query, self.key = nn.Linear(2 * H, H), nn.Linear(H, H)
        self.up, self.out = nn.Linear(4 * H, 256), nn.Linear(256, len(TYPES))
        self.coded_up, self.coded_out = nn.Linear(4 * H, 256), nn.Linear(256, len(TYPES))
        self.fact_up, self.fact_out = nn.Linear(H, 128), nn.Linear(128, len(REAL))
        self.reason_up, self.reason_out = nn.Linear(2 * H, 128), nn.Linear(128, len(REASONS))
        self.types_up, self.types_out = nn.Linear(2 * H, 128), nn.Linear(128, len(TYPES) - 1)
        self.marks = nn.Parameter(torch.zeros(2, H))
        self.drop_in, self.drop = nn.Dropout(0.1), nn.Dropout(0.2)

    def words(self, x, b, marked=False):
        """Word vectors from the pieces' states below: row 0 is [CLS]. With `marked`, the last layer sees which words are source and target."""
        x = self.drop_in(x)
        mask = torch.zeros(x.shape[:2]).masked_fill(~b["mask"], -1e9)[:, None, None]
        rows, n = b["rows"], x.shape[0]
        for k, layer in enumerate(self.layers):
            if marked and k == len(self.layers) - MARKED:
                for mark, side in zip(self.marks, ("source", "target")):
                    x = x + b[side].gather(1, b["word"].clamp(min=0))[..., None] * (b["word"] > 0)[..., None] * mark
            x = layer(x, mask)
        slot = torch.where(b["word"] >= 0, b["word"], rows) + torch.arange(n)[:, None] * (rows + 1)
        flat = torch.zeros(n * (rows + 1), model.HIDDEN).index_add(0, slot.view(-1), x.reshape(-1, model.HIDDEN))
        count = torch.zeros(n * (rows + 1)).index_add(0, slot.view(-1), torch.ones(x.shape[0] * x.shape[1])).clamp(min=1)
        return (flat / count[:, None]).view(n, rows + 1, model.HIDDEN)[:, :rows]

    def pairs(self, h, b):
        mean = lambda m: (h * m[..., None]).sum(1) / m.sum(1).clamp(min=1)[:, None]
        s, t = mean(b["source"]), mean(b["target"])
        look = (self.key(h) @ self.query(torch.cat([s, t], -1))[..., None])[..., 0] / model.HIDDEN ** 0.5
        look = look.masked_fill(~b["real"], -1e9)
        act = (look.softmax(-1)[..., None] * h).sum(1)
        x = torch.cat([s, t, act, h[:, 0]], -1)
        return self.general(x), look, x

    def general(self, x):
        return self.out(self.drop(F.gelu(self.up(self.drop(x)), approximate="tanh")))

    def coded(self, x):
        """The same question as the coders of the marked pairs answer it, who knew that there was an act."""
        return self.coded_out(self.drop(F.gelu(self.coded_up(self.drop(x)), approximate="tanh")))

    def facts(self, h):
        return self.fact_out(self.drop(F.gelu(self.fact_up(self.drop(h)), approximate="tanh")))

    def act(self, h, act):
        """What the two heads of acts read: the words that name the act (by item), and the sentence."""
        mean = (h * act[..., None]).sum(1) / act.sum(1).clamp(min=1)[:, None]
        return self.drop(torch.cat([mean, h[:, 0]], -1))

    def reason(self, x):
        """Why the act is none."""
        return self.reason_out(self.drop(F.gelu(self.reason_up(x), approximate="tanh")))

    def types(self, x):
        """By type, the log-odds that the words tell an act of that type."""
        return self.types_out(self.drop(F.gelu(self.types_up(x), approximate="tanh")))


def collate(items):
    n, rows = max(len(i.ids) for i in items), max(i.n for i in items) + 1
    pad = lambda key, fill: torch.tensor([getattr(i, key) + [fill] * (n - len(i.ids)) for i in items])
    flag = lambda key: torch.tensor([[float(k in set(getattr(i, key))) for k in range(rows)] for i in items])
    lengths = torch.tensor([len(i.ids) for i in items])
    return {"ids": pad("ids", 0), "shapes": pad("shapes", 0), "word": pad("word", -1), "rows": rows,
            "mask": torch.arange(n)[None] < lengths[:, None], "real": torch.arange(rows)[None] <= torch.tensor([i.n for i in items])[:, None],
            "source": flag("source"), "target": flag("target"), "act": flag("act")}


def batches(items, budget, rng=None):
    items = sorted(items, key=lambda i: len(i.ids) + (rng.random() * 6 if rng else 0))
    out, cur = [], []
    for it in items:
        if cur and len(it.ids) * (len(cur) + 1) > budget:
            out.append(cur)
            cur = []
        cur.append(it)
    out.append(cur)
    if rng:
        rng.shuffle(out)
    return [b for b in out if b]


def stored(name):
    """Header and weights of a file in `models/`, as numbers again."""
    raw = (HERE.parent / "models" / name).read_bytes()
    length = struct.unpack("<I", raw[8:12])[0]
    header, blob = json.loads(raw[12 : 12 + length]), raw[12 + length :]

    def tensor(key):
        entry = header["tensors"][key]
        kind = torch.int8 if entry["type"] == "i8" else torch.float32
        count = math.prod(entry["shape"])
        t = torch.frombuffer(bytearray(blob[entry["offset"] :][: count * (1 if kind == torch.int8 else 4)]), dtype=kind).view(entry["shape"])
        if kind != torch.int8:
            return t
        t = t if key in ("words.weight", "positions.weight") else t.t()
        return t.float() * tensor(key.replace("weight", "scale"))[:, None]
    return header, {key: tensor(key) for key in header["tensors"] if not key.endswith("scale")}


def shipped():
    """The state of the judge in `models/`."""
    _, state = stored("legation-judge-en.bin")
    layer = re.compile(r"layers\.(\d+)\.")
    trained = {k: v for k, v in state.items() if not (m := layer.match(k)) or int(m[1]) >= FROZEN}
    return {layer.sub(lambda m: f"layers.{int(m[1]) - FROZEN}.", k): v for k, v in trained.items()}


def foundation():
    """Word tables of the parser under the layers as they were pretrained."""
    header, state = stored("legation-en.bin")
    net = model.Net(state["words.weight"].shape[0], header["shapes"], argparse.Namespace(**dict.fromkeys(("upos", "feats", "rules", "ner", "rel"), ())))
    net.load_pretrained(train.pretrained() / "model.safetensors")
    net.load_state_dict({k: v for k, v in state.items() if k.split(".")[0] in ("words", "positions", "shapes", "norm")}, strict=False)
    return net.eval()


@torch.no_grad()
def below(net, items):
    """Keeps the state under the trained layers with each item."""
    for chunk in batches([i for i in items if not hasattr(i, "x")], 8000):
        b = collate(chunk)
        x = net.norm(net.words(b["ids"]) + net.positions.weight[: b["ids"].shape[1]] + net.shapes(b["shapes"]))
        mask = torch.zeros(b["ids"].shape).masked_fill(~b["mask"], -1e9)[:, None, None]
        for layer in net.layers[:FROZEN]:
            x = layer(x, mask)
        for j, it in enumerate(chunk):
            it.x = x[j, : len(it.ids)].half().clone()


def stacked(items, n):
    x = torch.zeros(len(items), n, model.HIDDEN)
    for j, it in enumerate(items):
        x[j, : len(it.ids)] = it.x
    return x


def as_real(it):
    out = Item()
    out.__dict__.update(it.__dict__)
    out.label, out.reason = None, 0
    return out


def swapped(it):
    out = Item()
    out.__dict__.update(it.__dict__)
    out.source, out.target, out.act, out.label = it.target, it.source, [], "NONE"
    return out


def shrunk(it, rng):
    """Some annotators mark the last word or two of a phrase only."""
    out = Item()
    out.__dict__.update(it.__dict__)
    for side in ("source", "target"):
        words = getattr(it, side)
        if rng.random() < SHRINK:
            setattr(out, side, words[-1:] if rng.random() < 0.7 else words[-2:])
    return out


def fit(net, pairs, facts, whys, epochs=EPOCHS, seed=SEED, log=True, start=None, rate=1.0, share=1.0):
    """`start`: a state to go on from, with the learning rates times `rate`; `share`: of our own pairs in an epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    layers = nn.ModuleList(model.Layer(0.1) for _ in range(model.LAYERS - FROZEN))
    for k, layer in enumerate(layers):
        layer.load_state_dict(net.layers[FROZEN + k].state_dict())
    judge = Judge(layers)
    if start:
        judge.load_state_dict(start, strict=False)
    heads = [p for k, p in judge.named_parameters() if not k.startswith("layers")]
    opt = torch.optim.AdamW([{"params": layers.parameters(), "lr": rate * LR_LAYERS}, {"params": heads, "lr": rate * LR_HEADS}], weight_decay=0.02)
    average = torch.optim.swa_utils.AveragedModel(judge, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))

    def epoch_batches():
        pool = [i for i in pairs if i.usable and (i.weight == 1 or rng.random() < share)]
        pool += [swapped(i) for i in pool if not i.mutual and i.act and rng.random() < SWAP]  # what is done to one is not done by it
        pool = [shrunk(i, rng) for i in pool]
        mixed = batches(pool, BUDGET, rng) + batches(rng.sample(facts, int(FACTS * len(facts))), BUDGET, rng)
        done = [i for i in pairs if i.weight < 1 and i.act and i.label in DONE]
        mixed += [] if not whys else batches(whys + [as_real(i) for i in rng.sample(done, min(len(done), len(whys) // 4))], BUDGET, rng)
        rng.shuffle(mixed)
        return mixed
    total, step, begin = epochs * len(epoch_batches()), 0, time.time()
    plan = lambda s: min((s + 1) / (WARMUP * total), 1) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1, s / total))))
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, plan)
    for epoch in range(epochs):
        judge.train()
        sums = {"pair": [], "act": [], "fact": [], "reason": []}
        for chunk in epoch_batches():
            b = collate(chunk)
            h = judge.words(stacked(chunk, b["ids"].shape[1]), b, marked=not chunk[0].facts and chunk[0].reason is None)
            if chunk[0].facts:
                at = [(j, w, c) for j, it in enumerate(chunk) for w, c in it.facts]
                j, w, c = (torch.tensor(v) for v in zip(*at))
                value = F.cross_entropy(judge.facts(h[j, w]), c, weight=torch.tensor([1.0, 1.1, 1.6]))
                sums["fact"].append(float(value.detach()))
            elif chunk[0].reason is not None:
                value = F.cross_entropy(judge.reason(judge.act(h, b["act"])), torch.tensor([it.reason for it in chunk]), label_smoothing=0.03)
                sums["reason"].append(float(value.detach()))
            else:
                logits, look, _ = judge.pairs(h, b)
                p = logits.log_softmax(-1)
                gold = torch.full(p.shape, -1e9)
                for j, it in enumerate(chunk):
                    gold[j, MEANS[it.label]] = 0
                weight = torch.tensor([it.weight for it in chunk])
                right = -torch.logsumexp(p + gold, -1)
                value = (((1 - SMOOTH) * right - SMOOTH * p.mean(-1)) * weight).mean()
                sums["pair"].append(float(right.mean().detach()))
                known = b["act"].sum(1) > 0
                if known.any():
                    acts = -torch.logsumexp(look[known].log_softmax(-1) + (b["act"][known] - 1) * 1e9, -1).mean()
                    sums["act"].append(float(acts.detach()))
                    value = value + ACT * acts
            opt.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            opt.step()
            schedule.step()
            average.update_parameters(judge)
            step += 1
        if log:
            print(f"{time.time() - begin:5.0f}s epoch {epoch + 1}: " + " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sums.items() if v), flush=True)
    return average.module.eval()


def follow(judge, plv, seed=SEED):
    """Trains the head that answers as the coders do, on the finished rest."""
    torch.manual_seed(seed)
    judged(judge, plv)
    judge.coded_up.load_state_dict(judge.up.state_dict())
    judge.coded_out.load_state_dict(judge.out.state_dict())
    x = torch.stack([it.row for it in plv])
    gold = torch.full((len(plv), len(TYPES)), -1e9)
    for j, it in enumerate(plv):
        gold[j, MEANS[it.label]] = 0
    judge.train()
    opt = torch.optim.AdamW([*judge.coded_up.parameters(), *judge.coded_out.parameters()], lr=1e-3, weight_decay=0.02)
    total = CODED * (len(plv) // 32)
    for step in range(total):
        for group in opt.param_groups:
            group["lr"] = 1e-3 * max(0.02, 1 - step / total)
        at = torch.randint(len(plv), (32,))
        p = judge.coded(x[at]).log_softmax(-1)
        value = ((1 - SMOOTH) * -torch.logsumexp(p + gold[at], -1) - SMOOTH * p.mean(-1)).mean()
        opt.zero_grad(set_to_none=True)
        value.backward()
        opt.step()
    judge.eval()


@torch.no_grad()
def judged(judge, items):
    """Per item: probabilities of the types, and the word looked at most."""
    judge.eval()
    for chunk in batches(items, 8000):
        b = collate(chunk)
        logits, look, x = judge.pairs(judge.words(stacked(chunk, b["ids"].shape[1]), b, marked=True), b)
        for it, g, p, l, row in zip(chunk, logits.softmax(-1), judge.coded(x).softmax(-1), look.argmax(-1), x):
            it.general, it.p, it.seen, it.row = g, p, int(l), row


# What a reader's word for no event is among the reasons.
READERS = {"private": "other", "saying": "other", "state": "other"}
NEWS, SETTLE, LR_SETTLE = 3, 6, 1e-3  # how often an act that was read in news counts; rounds; learning rate


def readings(root, pieces):
    """Acts that the program coded in news and a reader then judged (`readings/events.tsv`), with `accepted` and the type."""
    wanted = list(csv.DictReader(open(HERE / "readings" / "events.tsv", encoding="utf-8"), delimiter="\t"))
    with tempfile.TemporaryDirectory() as folder:
        texts = news.texts(root, {(r["corpus"], r["article"]) for r in wanted})
        read = news.coded(texts, folder)
    rows, kept = [], []
    for r in wanted:
        reading = read.get((r["corpus"], r["article"]))
        start = int(r["start"])
        sentence = next((s for s in reading["sentences"] if s["start"] <= start < s["end"]), None) if reading else None
        end = start + len(r["words"])
        if sentence and reading["article"]["text"][start:end].split() == r["words"].split():
            text = reading["article"]["text"]
            rows.append(("NONE", False, f"{text[sentence['start']:start]}<e>{text[start:end]}</e>{text[end:sentence['end']]}"))
            kept.append(r)
    items = marked_items(rows, pieces, 1.0)
    for it, r in zip(items, kept):
        it.kind, it.accepted, it.right, it.done = TYPES.index(r["type"]), r["accepted"] == "1", r["right"], r["standing"] == "1"
        it.held = news.is_held(r["corpus"], r["article"])
    return [it for it in items if it.act]


@torch.no_grad()
def act_features(judge, items):
    judge.eval()
    for chunk in batches(items, 8000):
        b = collate(chunk)
        for it, row in zip(chunk, judge.act(judge.words(stacked(chunk, b["ids"].shape[1]), b), b["act"])):
            it.row = row.clone()


def settle(judge, read, ours, whys, seed=SEED):
    """Trains the two heads of acts on the finished rest: from our own sentences, and from what readers said of coded news."""
    torch.manual_seed(seed)
    act_features(judge, read + ours + whys)
    n, rows = len(TYPES) - 1, []  # feature, types, their weights, reason or -1
    for it in read:
        gold, weight, reason = torch.zeros(n), torch.zeros(n), -1
        gold[it.kind], weight[it.kind] = float(it.accepted), 1
        if it.accepted:
            reason = 0 if it.done else -1
        elif it.right in TYPES:
            gold[TYPES.index(it.right)] = weight[TYPES.index(it.right)] = 1
        elif it.right:
            weight = torch.maximum(weight, torch.full((n,), 0.3))
            reason = REASONS.index(READERS.get(it.right, it.right))
        rows += [(it.row, gold, weight, reason)] * NEWS
    for it in ours:
        gold, weight = torch.zeros(n), torch.full((n,), 0.15)
        gold[TYPES.index(it.label)], weight[TYPES.index(it.label)] = 1, 0.5
        rows.append((it.row, gold, weight, -1))
    never = {REASONS.index(r) for r in ("sport", "metaphor", "fiction", "accident", "business", "other", "opinion")}
    for it in whys:
        rows.append((it.row, torch.zeros(n), torch.full((n,), 0.1 if it.reason in never else 0.0), it.reason))
    judge.train()
    heads = [p for name in ("types_up", "types_out", "reason_up", "reason_out") for p in getattr(judge, name).parameters()]
    opt = torch.optim.AdamW(heads, lr=LR_SETTLE, weight_decay=0.03)
    rng = random.Random(seed)
    for epoch in range(SETTLE):
        rng.shuffle(rows)
        for k in range(0, len(rows), 64):
            for group in opt.param_groups:
                group["lr"] = LR_SETTLE * max(0.02, 1 - (epoch + k / len(rows)) / SETTLE)
            x, gold, weight, reason = zip(*rows[k : k + 64])
            x, reason = judge.drop(torch.stack(x)), torch.tensor(reason)
            value = (F.binary_cross_entropy_with_logits(judge.types(x), torch.stack(gold), reduction="none") * torch.stack(weight)).sum() / len(gold)
            if (reason >= 0).any():
                value = value + F.cross_entropy(judge.reason(x), reason, ignore_index=-1, label_smoothing=0.03)
            opt.zero_grad(set_to_none=True)
            value.backward()
            opt.step()
    return judge.eval()


@torch.no_grad()
def reading_figures(judge, items):
    act_features(judge, items)
    p = judge.types(torch.stack([it.row for it in items])).sigmoid()
    p = [float(p[k, it.kind]) for k, it in enumerate(items)]
    good, bad = ([v for v, it in zip(p, items) if it.accepted == want] for want in (True, False))
    order = sum((g > b) + 0.5 * (g == b) for g in good for b in bad) / max(1, len(good) * len(bad))
    return f"acts in news: {len(items)}, accepted {100 * len(good) / len(items):.1f} %, area under the curve {100 * order:.1f}"


QUAD = {**dict.fromkeys("AGREE CONSULT SUPPORT".split(), "1"), **dict.fromkeys("COOPERATE AID YIELD".split(), "2"),
        **dict.fromkeys("REQUEST ACCUSE REJECT THREATEN".split(), "3"),
        **dict.fromkeys("PROTEST SANCTION MOBILIZE COERCE ASSAULT".split(), "4")}


def root(p):
    """The likeliest label as the coded pairs have it."""
    scores = {t: float(p[k]) for k, t in enumerate(TYPES) if t not in ("CONCEDE", "RETREAT", "NONE")}
    scores["YIELD"] = float(p[MEANS["YIELD"]].sum())
    return max(scores, key=scores.get)


def pair_figures(items):
    gold, pred = [i.label for i in items], [root(i.p) for i in items]
    f = lambda g, p, l: 200 * sum(a == b == l for a, b in zip(g, p)) / max(1, g.count(l) + p.count(l))
    macro = lambda g, p: sum(f(g, p, l) for l in set(g)) / len(set(g))
    gq, pq = [QUAD[g] for g in gold], [QUAD[p] for p in pred]
    side = lambda q: ["x" if v in "34" else "c" for v in q]
    return (" ".join(f"{l} {f(gold, pred, l):.0f}" for l in sorted(set(gold))) +
            f"\npairs: root {macro(gold, pred):.2f} accuracy {100 * sum(a == b for a, b in zip(gold, pred)) / len(gold):.2f} "
            f"quad {macro(gq, pq):.2f} binary {macro(side(gq), side(pq)):.2f}")


@torch.no_grad()
def fact_figures(judge, items, bias=(0.0, 0.0, 0.0)):
    gold, pred = [], []
    for chunk in batches(items, 8000):
        b = collate(chunk)
        h = judge.words(stacked(chunk, b["ids"].shape[1]), b)
        at = [(j, w, c) for j, it in enumerate(chunk) for w, c in it.facts]
        j, w, c = (torch.tensor(v) for v in zip(*at))
        gold += c.tolist()
        pred += (judge.facts(h[j, w]).log_softmax(-1) + torch.tensor(bias)).argmax(-1).tolist()
    f = [200 * sum(a == b == k for a, b in zip(gold, pred)) / max(1, gold.count(k) + pred.count(k)) for k in range(3)]
    return f"macro {sum(f) / 3:.1f} " + " ".join(f"{n} {v:.1f}" for n, v in zip(REAL, f))


FIXTURE = [
    ("<s>The Swiss government</s> has frozen the accounts of <t>two Belarusian generals</t>.", "frozen"),
    ("Reuters reported that <t>Kharkiv</t> was shelled by <s>Russian forces</s> on Monday.", "shelled"),
    ("<s>Ghana</s> will send 200 soldiers to <t>Togo</t> next month, its defence minister told reporters in Accra.", None),
    ("The U.N. didn't say whether <s>Chad</s> and <t>Niger</t> met.", None),
]


class Whole(nn.Module):
    """The judge with the layers that stayed as they were: what the program runs."""

    def __init__(self, net, judge):
        super().__init__()
        self.layers = nn.ModuleList(list(net.layers[:FROZEN]) + list(judge.layers))
        for name in ("query", "key", "up", "out", "coded_up", "coded_out", "fact_up", "fact_out", "reason_up", "reason_out", "types_up", "types_out", "marks"):
            setattr(self, name, getattr(judge, name))


@torch.no_grad()
def write(net, state, pieces, check):
    """Int8 as in `export.py`; prints what that costs on `check` (pairs, predicates)."""
    judge = Judge(nn.ModuleList(model.Layer(0.1) for _ in range(model.LAYERS - FROZEN)))
    judge.load_state_dict(state)
    whole = Whole(net, judge.eval())
    tensors = export.pack(whole)
    export.pack(net_tables := nn.ModuleDict({k: getattr(net, k) for k in ("words", "positions")}))
    export.round_activations(whole)
    pairs, predicates_ = check
    below(net, pairs + predicates_)
    judged(judge, pairs)
    print("int8:", pair_figures(pairs).splitlines()[-1], "|", fact_figures(judge, predicates_))
    entries, blob = {}, bytearray()
    for name, t in tensors.items():
        blob.extend(b"\0" * (-len(blob) % 16))
        entries[name] = {"type": "i8" if t.dtype == torch.int8 else "f32", "shape": list(t.shape), "offset": len(blob)}
        blob.extend(t.numpy().tobytes())
    parser = (HERE.parent / "models" / "legation-en.bin").read_bytes()
    over = json.loads(parser[12 : 12 + struct.unpack("<I", parser[8:12])[0]])["version"]
    header = {"format": 1, "version": "legation-judge-en-" + hashlib.sha256(blob).hexdigest()[:12], "over": over,
              "hidden": model.HIDDEN, "layers": model.LAYERS, "heads": model.HEADS, "inner": model.INNER, "frozen": FROZEN, "types": TYPES, "reasons": REASONS, "tensors": entries}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 12) % 16)
    (HERE.parent / "models" / "legation-judge-en.bin").write_bytes(b"LEGMOD01" + struct.pack("<I", len(text)) + text + blob)
    items = marked_items([("NONE", False, marked) for marked, _ in FIXTURE], pieces, 1.0)
    for it, (_, predicate) in zip(items, FIXTURE):
        it.label = "NONE"
    below(net, items)
    judged(judge, items)
    rows = []
    for it, (marked, predicate) in zip(items, FIXTURE):
        text, _ = unmarked(marked)
        row = {"marked": marked, "words": [text[a:b] for a, b in program_words([text])[0]], "source": it.source, "target": it.target,
               "general": [round(float(v), 4) for v in it.general], "coded": [round(float(v), 4) for v in it.p]}
        if predicate:
            b = collate([it])
            h = judge.words(stacked([it], b["ids"].shape[1]), b)
            at = row["words"].index(predicate)
            act = torch.zeros(1, b["rows"])
            act[0, at + 1] = 1
            row["reasons"] = [round(float(v), 4) for v in judge.reason(judge.act(h, act))[0].softmax(-1)]
            row["types"] = [round(float(v), 4) for v in judge.types(judge.act(h, act))[0].sigmoid()]
            row |= {"predicate": at, "facts": [round(float(v), 4) for v in judge.facts(h[0, at + 1]).softmax(-1)]}
        rows.append(row)
    fixture = HERE.parent / "crates" / "language" / "tests" / "fixtures" / "judge.json"
    fixture.write_text(json.dumps({"version": header["version"], "sentences": rows}, ensure_ascii=False, indent=1) + "\n")
    print(header["version"], round((len(text) + len(blob)) / 1e6, 2), "MB")


@torch.no_grad()
def reason_figures(judge, items):
    gold, pred = [], []
    for chunk in batches(items, 8000):
        b = collate(chunk)
        gold += [it.reason for it in chunk]
        pred += judge.reason(judge.act(judge.words(stacked(chunk, b["ids"].shape[1]), b), b["act"])).argmax(-1).tolist()
    right = sum(g == p for g, p in zip(gold, pred))
    real = sum((g == 0) == (p == 0) for g, p in zip(gold, pred))
    return f"reasons: right {100 * right / len(gold):.1f}, real or not {100 * real / len(gold):.1f} of {len(gold)}"


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=("train", "folds", "settle", "export", "facts"))
    ap.add_argument("--data", default=str(HERE.parent.parent / "shared" / "data"))
    ap.add_argument("--epochs", type=int, default=EPOCHS)
    ap.add_argument("--folds", type=int, default=3)
    ap.add_argument("--judge", default="judge.pt", help="the state to write or export, in work/")
    ap.add_argument("--start", help="go on from this state, in work/; with folds, {} stands for the fold's number")
    ap.add_argument("--rate", type=float, default=1.0)
    ap.add_argument("--share", type=float, default=1.0)
    ap.add_argument("--tasks", default="pairs,facts,reasons")
    ap.add_argument("--run", type=int, default=99)
    args = ap.parse_args()
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)  # numbers too small to matter cost many times the others
    pieces = data.Pieces(str(train.pretrained() / "vocab.txt"))
    net = foundation()
    if args.what == "settle":
        judge = Judge(nn.ModuleList(model.Layer(0.1) for _ in range(model.LAYERS - FROZEN)))
        judge.load_state_dict(torch.load(HERE / "work" / args.start)["state"] if args.start else shipped(), strict=False)
        read, whys = readings(args.data, pieces), reasons(pieces)
        ours = [it for it in marked_items(own(), pieces, OWN) if it.act and it.label != "NONE"]
        below(net, read + whys + ours)
        held, held_whys = [it for it in read if it.held], [it for it in whys if it.held]
        print(len(read), "acts read in news,", len(ours), "in pairs,", len(whys), "with a reason", flush=True)
        print(reading_figures(judge, held), "|", reason_figures(judge, held_whys), flush=True)
        settle(judge, [it for it in read if not it.held], ours, [it for it in whys if not it.held])
        print(reading_figures(judge, held), "|", reason_figures(judge, held_whys))
        torch.save({"state": judge.state_dict()}, HERE / "work" / args.judge)
        return
    if args.what == "export":
        sample = marked_items(coded(args.data), pieces, 1.0), [i for i in predicates(args.data, "dev", pieces) if i.corpus == "uds"]
        write(net, torch.load(HERE / "work" / args.judge)["state"], pieces, sample)
        return
    facts, dev = predicates(args.data, "train", pieces), predicates(args.data, "dev", pieces)
    facts = facts if "facts" in args.tasks or args.what == "facts" else []
    uds, news = ([i for i in dev if i.corpus == c] for c in ("uds", "meantime"))
    plv = ours = []
    if args.what != "facts":
        plv, ours = marked_items(coded(args.data), pieces, 1.0), marked_items(own(), pieces, OWN)
    print(len(plv), "coded pairs,", len(ours), "own,", len(facts), "sentences with predicates", flush=True)
    whys = reasons(pieces) if "reasons" in args.tasks and args.what != "facts" else []
    begin = lambda fold="": torch.load(HERE / "work" / args.start.format(fold))["state"] if args.start else None
    held_whys, whys = [i for i in whys if i.held], [i for i in whys if not i.held]
    print(len(whys), "acts with a reason", flush=True)
    rows = coded(args.data) if whys else []
    acts = coded_acts(rows, pieces)
    below(net, plv + ours + facts + dev + whys + held_whys + acts)
    if args.what == "facts":
        judge = fit(net, [], facts, [], args.epochs)
        print(fact_figures(judge, uds), "|", fact_figures(judge, news))
    if args.what == "train":
        judge = fit(net, plv + ours, facts, whys + acts, args.epochs, start=begin(), rate=args.rate, share=args.share)
        follow(judge, plv)
        torch.save({"state": judge.state_dict()}, HERE / "work" / args.judge)
        if whys:
            print(reason_figures(judge, held_whys))
        print(fact_figures(judge, uds), "|", fact_figures(judge, news))
    if args.what == "folds":
        order = list(range(len(plv)))
        random.Random(7).shuffle(order)
        held = []
        for fold in range(min(args.folds, args.run)):
            test = [plv[i] for i in order[fold :: args.folds]]
            rest = [plv[i] for k in range(args.folds) if k != fold for i in order[k :: args.folds]]
            held_texts = {unmarked(rows[i][2])[0] for i in order[fold :: args.folds]} if rows else ()
            known = [it for it in acts if it.text not in held_texts]
            judge = fit(net, rest + ours, facts, whys + known, args.epochs, log=fold == 0, start=begin(fold), rate=args.rate, share=args.share)
            follow(judge, rest)
            judged(judge, test)
            torch.save({"state": judge.state_dict()}, HERE / "work" / f"judge-fold{fold}.pt")
            held += test
            print(pair_figures(test), "|", fact_figures(judge, uds), "|", fact_figures(judge, news), flush=True)
        print(pair_figures(held))
        with open(HERE / "work" / "judge-folds.tsv", "w", encoding="utf-8") as out:
            for i, it in enumerate(plv):
                if hasattr(it, "p"):
                    out.write(f"{i}\t{it.label}\t" + "\t".join(f"{v:.5f}" for v in it.p.tolist()) + "\n")


if __name__ == "__main__":
    main()
