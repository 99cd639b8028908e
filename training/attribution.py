"""Trains the reader of statements: where a text says who says something, and who, by which words, what.

    cargo build --release -p language --examples
    python attribution.py train [--data DIR]      # work/attribution.pt, and figures on the dev articles
    python attribution.py figures [--data DIR]    # the figures of train again
    python attribution.py export                  # models/legation-statements-en.bin and its parity fixture

It reads windows of whole sentences (`crates/language/src/windows.rs`) with the word tables of the parser and six layers,
all of them trained. One head finds the words that open a cue. For each of them two more layers read the window once
again from the fourth layer on, with a vector added to the opening word, and every word becomes source, cue, content or none of these, the
likeliest sequence as a whole (a linear-chain conditional random field). Every operation has its counterpart in
`crates/language/src/statements.rs`.
"""
import argparse
import hashlib
import json
import math
import pathlib
import random
import re
import struct
import subprocess
import time
from collections import Counter

import torch
import torch.nn as nn
import torch.nn.functional as F

import data
import export
import judge as shared
import model
import train

HERE = pathlib.Path(__file__).resolve().parent
MARKED, SEED, EPOCHS, BUDGET = 2, 11, 4, 1600
LR_LAYERS, LR_HEADS, LR_PATHS, WARMUP = 1.5e-4, 8e-4, 1e-2, 0.1
TAGS = 0.7  # weight of the head that says of any word whether it has a role
HIDDEN_PIECES, ELSEWHERE = 0.04, 0.25  # share of pieces hidden in training; of cues marked on some other word than the first
ON = 0.7  # of these rates, when training goes on from finished weights
ROLES = ("none", "source", "cue", "content")
STANCES = "affirms confirms admits denies alleges questions declines retracts".split()
PLAIN = "say said says tell told tells add added adds write wrote writes".split()  # cues of news that only speak
NEWS, OWN = 700, 500  # statements of news among those with a stance; pieces of these in a step
FOUND = 0.5  # probability from which on a word opens a cue


class Window:
    """Words of one window, and its statements: sets of words for source, cue and content."""
    source = target = act = ()


def gold(path):
    """Statements of a brat file: character ranges by role. As the scorer reads them."""
    spans, out = {}, []
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        cells = line.split("\t")
        if line.startswith("T") and len(cells) >= 2:
            _, rest = cells[1].split(" ", 1)
            spans[cells[0]] = [tuple(map(int, f.split())) for f in rest.split(";")]
        elif line.startswith("E") and len(cells) >= 2:
            parts = [a.split(":") for a in cells[1].split()]
            if not parts or not parts[0][0].startswith("Attribution"):
                continue
            one = {r: [] for r in ROLES[1:]}
            for key, value in parts[1:]:
                key = key.rstrip("0123456789").lower()
                if key in one and value in spans:
                    one[key] += spans[value]
            out.append(one)
    return out


def articles(root, pieces):
    """Windows of all annotated articles of a part of the corpus, and the articles' texts."""
    root = pathlib.Path(root)
    paths = sorted((root / "text").glob("*.txt"))
    tool = HERE.parent / "target" / "release" / "examples" / "windows"
    done = subprocess.run([tool, *paths], capture_output=True, text=True, check=True)
    windows, texts = [], []
    for path, line in zip(paths, done.stdout.splitlines()):
        notes = sorted((root / "attributions").glob(path.stem + "_*.ann"))
        if not notes:
            continue
        text, statements = path.read_text(encoding="utf-8"), gold(notes[0])
        texts.append((text, statements))
        for words in json.loads(line)["windows"]:
            w = shared.pieces_of(Window(), [text[a:b] for a, b in words], pieces)
            w.words, w.article, w.statements, w.forms = words, len(texts) - 1, [], [text[a:b] for a, b in words]
            inside = lambda spans: [k + 1 for k, (a, b) in enumerate(words) if k < w.n and any(a < e and s < b for s, e in spans)]
            for s in statements:
                cue = inside(s["cue"])
                if cue and s["cue"][0][0] >= words[0][0]:
                    w.statements.append({"cue": cue, "source": inside(s["source"]), "content": inside(s["content"])})
            windows.append(w)
    return windows, texts


class Statements(nn.Module):
    def __init__(self):
        super().__init__()
        H = model.HIDDEN
        self.layers = nn.ModuleList(model.Layer(0.1) for _ in range(model.LAYERS))
        self.again = nn.ModuleList(model.Layer(0.1) for _ in range(MARKED))  # read once more for each cue
        self.mark = nn.Parameter(torch.zeros(H))
        self.cue_up, self.cue_out = nn.Linear(H, 128), nn.Linear(128, 1)
        self.tag_up, self.tag_out = nn.Linear(H, 128), nn.Linear(128, len(ROLES) - 1)  # any statement's source, cue, content
        self.role_up, self.role_out = nn.Linear(H, 128), nn.Linear(128, len(ROLES))
        self.paths, self.first = nn.Parameter(torch.zeros(len(ROLES), len(ROLES))), nn.Parameter(torch.zeros(len(ROLES)))
        self.stance_up, self.stance_out = nn.Linear(3 * H, 128), nn.Linear(128, len(STANCES))
        self.drop_in, self.drop = nn.Dropout(0.1), nn.Dropout(0.2)

    def lower(self, net, b):
        ids = b["ids"]
        if self.training:
            ids = torch.where((torch.rand(ids.shape) < HIDDEN_PIECES) & (b["word"] > 0), 103, ids)  # [MASK]
        with torch.no_grad():
            x = net.norm(net.words(ids) + net.positions.weight[: ids.shape[1]] + net.shapes(b["shapes"]))
        x = self.drop_in(x)
        for layer in self.layers[: len(self.layers) - MARKED]:
            x = layer(x, b["attend"])
        return x

    def upper(self, layers, x, word, attend, rows):
        """Word vectors: row 0 is [CLS]."""
        for layer in layers:
            x = layer(x, attend)
        n = x.shape[0]
        slot = torch.where(word >= 0, word, rows) + torch.arange(n)[:, None] * (rows + 1)
        flat = torch.zeros(n * (rows + 1), model.HIDDEN).index_add(0, slot.view(-1), x.reshape(-1, model.HIDDEN).float())
        count = torch.zeros(n * (rows + 1)).index_add(0, slot.view(-1), torch.ones(slot.numel())).clamp(min=1)
        return (flat / count[:, None]).view(n, rows + 1, model.HIDDEN)[:, :rows]

    def opens(self, x, b):
        """Log-odds that a word opens a cue, and that it is a word of anybody's source, cue or content."""
        h = self.upper(self.layers[len(self.layers) - MARKED :], x, b["word"], b["attend"], b["rows"])
        head = lambda up, out: out(self.drop(F.gelu(up(self.drop(h)), approximate="tanh"))).float()
        return head(self.cue_up, self.cue_out)[..., 0], head(self.tag_up, self.tag_out)

    def marked(self, x, b, at):
        """Word vectors for each (window, opening word) of `at`."""
        j, w = torch.tensor([a[0] for a in at]), torch.tensor([a[1] for a in at])
        word = b["word"][j]
        x = x[j] + (word == w[:, None])[..., None] * self.mark
        return self.upper(self.again, x, word, b["attend"][j], b["rows"])

    def stances(self, x):
        return self.stance_out(self.drop(F.gelu(self.stance_up(self.drop(x)), approximate="tanh")))

    def roles(self, x, b, at):
        """Scores of the words' roles, for each (window, opening word) of `at`."""
        h = self.marked(x, b, at)
        return self.role_out(self.drop(F.gelu(self.role_up(self.drop(h)), approximate="tanh")))[:, 1:].float()

    def loss(self, scores, gold, real):
        """Negative logarithm of the probability of the right sequences, by word."""
        pick = lambda k: scores[:, k].gather(1, gold[:, k : k + 1])[:, 0]
        right, alpha = self.first[gold[:, 0]] + pick(0), self.first + scores[:, 0]
        for k in range(1, scores.shape[1]):
            on = real[:, k]
            alpha = torch.where(on[:, None], torch.logsumexp(alpha[:, :, None] + self.paths, 1) + scores[:, k], alpha)
            right = right + on * (self.paths[gold[:, k - 1], gold[:, k]] + pick(k))
        return (torch.logsumexp(alpha, -1) - right).sum() / real.sum()

    def best(self, scores, real):
        """The likeliest sequences."""
        alpha, back = self.first + scores[:, 0], []
        for k in range(1, scores.shape[1]):
            value, best = (alpha[:, :, None] + self.paths).max(1)
            on = real[:, k, None]
            back.append(torch.where(on, best, torch.arange(len(ROLES))))
            alpha = torch.where(on, value + scores[:, k], alpha)
        at = alpha.argmax(-1)
        out = [at]
        for best in reversed(back):
            at = best.gather(1, at[:, None])[:, 0]
            out.append(at)
        return torch.stack(out[::-1], 1)


def shipped():
    """The state of the reader in `models/`."""
    header, state = shared.stored("legation-statements-en.bin")
    once, layer = header["layers"] - MARKED, re.compile(r"layers\.(\d+)\.")
    name = lambda m: f"layers.{m[1]}." if int(m[1]) < once else f"again.{int(m[1]) - once}."
    return {layer.sub(name, k): v for k, v in state.items()}


def collate(windows):
    b = shared.collate(windows)
    b["attend"] = torch.zeros(b["ids"].shape).masked_fill(~b["mask"], -1e9)[:, None, None]
    return b


def fit(net, windows, own, epochs, seed, begun, after):
    """Calls `after` with the reader after each round. `own`: statements with a stance, some in every step. `begun`: weights to go on from, at a lower rate; without them the layers begin as they were pretrained."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    reader = Statements()
    for k, layer in enumerate(reader.layers):
        layer.load_state_dict(net.layers[k].state_dict())
    for k, layer in enumerate(reader.again):
        layer.load_state_dict(net.layers[model.LAYERS - MARKED + k].state_dict())
    if begun:
        reader.load_state_dict(begun, strict=False)  # what ships has no head of any role
    paths = [reader.paths, reader.first]
    heads = [p for k, p in reader.named_parameters() if not k.startswith(("layers", "again")) and k not in ("paths", "first")]
    opt = torch.optim.AdamW([{"params": [*reader.layers.parameters(), *reader.again.parameters()], "lr": LR_LAYERS}, {"params": heads, "lr": LR_HEADS},
                             {"params": paths, "lr": LR_PATHS, "weight_decay": 0.0}], weight_decay=0.02)
    average = torch.optim.swa_utils.AveragedModel(reader, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    total, step, begin = epochs * len(shared.batches(windows, BUDGET)), 0, time.time()
    scale = ON if begun else 1.0
    plan = lambda s: scale * min((s + 1) / (WARMUP * total), 1) * max(0.02, 0.5 * (1 + math.cos(math.pi * min(1, s / total))))
    schedule = torch.optim.lr_scheduler.LambdaLR(opt, plan)
    marked = []
    for epoch in range(epochs):
        reader.train()
        sums = [0.0] * 4
        chunks = shared.batches(windows, BUDGET, rng)
        for chunk in chunks:
            b = collate(chunk)
            opening = torch.zeros(len(chunk), b["rows"])
            tags = torch.zeros(len(chunk), b["rows"], len(ROLES) - 1)
            at, gold_roles = [], []
            for j, w in enumerate(chunk):
                for s in w.statements:
                    opening[j, s["cue"][0]] = 1
                    at.append((j, rng.choice(s["cue"]) if rng.random() < ELSEWHERE else s["cue"][0]))
                    for k, role in enumerate(ROLES[1:]):
                        tags[j, s[role], k] = 1
                    row = [0] * (b["rows"] - 1)
                    for role in ("content", "source", "cue"):
                        for k in s[role]:
                            row[k - 1] = ROLES.index(role)
                    gold_roles.append(row)
            real = b["real"].clone()
            real[:, 0] = False
            with torch.autocast("cpu", torch.bfloat16):
                x = reader.lower(net, b)
                opens, tagged = reader.opens(x, b)
                scores = reader.roles(x, b, at) if at else None
            value = F.binary_cross_entropy_with_logits(opens[real], opening[real], reduction="sum") / real.sum()
            sums[0] += float(value.detach())
            any_role = F.binary_cross_entropy_with_logits(tagged[real], tags[real], reduction="sum") / real.sum()
            sums[3] += float(any_role.detach())
            value = 4 * value + TAGS * any_role
            if at:
                roles = reader.loss(scores, torch.tensor(gold_roles), real[[j for j, _ in at]][:, 1:])
                sums[1] += float(roles.detach())
                value = value + roles * 2
            if not marked:
                marked = shared.batches([w for w in own if not w.held], OWN, rng)
            with torch.autocast("cpu", torch.bfloat16):
                stances = stance_loss(net, reader, marked.pop())[1]
            sums[2] += float(stances.detach())
            value = value + stances * 0.3
            opt.zero_grad(set_to_none=True)
            value.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            opt.step()
            schedule.step()
            average.update_parameters(reader)
            step += 1
            if step % 100 == 0:
                print(f"{time.time() - begin:5.0f}s step {step} of {total}", flush=True)
        print(f"{time.time() - begin:5.0f}s epoch {epoch + 1}: opens {sums[0] / len(chunks):.4f} roles {sums[1] / len(chunks):.4f} stances {sums[2] / len(chunks):.4f} any {sums[3] / len(chunks):.4f}", flush=True)
        after(average.module)


@torch.no_grad()
def read(net, reader, windows, found=FOUND):
    """Adds to each window what it says: (probability, {role: words})."""
    reader.eval()
    for chunk in shared.batches(windows, 8000):
        b = collate(chunk)
        x = reader.lower(net, b)
        p = reader.opens(x, b)[0].sigmoid() * b["real"]
        p[:, 0] = 0
        at = [(int(j), int(k)) for j, k in (p >= found).nonzero()]
        for w in chunk:
            w.said = []
        for k in range(0, len(at), 64):
            part = at[k : k + 64]
            scores = reader.roles(x, b, part)
            best = reader.best(scores, b["real"][[j for j, _ in part]][:, 1:])
            for (j, word), row in zip(part, best):
                row = row[: chunk[j].n].tolist()
                roles = {r: [k + 1 for k, v in enumerate(row) if v == i] for i, r in enumerate(ROLES) if i}
                if roles["content"]:
                    chunk[j].said.append((float(p[j, word]), word, roles))
        for w in chunk:  # of two cues that share a word the likelier stays
            cue = lambda one: set(one[2]["cue"] or [one[1]])
            weaker = lambda one: any(o is not one and cue(one) & cue(o) and (o[0], o[1]) > (one[0], one[1]) for o in w.said)
            w.said = [one for one in w.said if not weaker(one)]


def figures(windows, texts, found=FOUND):
    """The scorer's figures."""
    scorer = {}
    source = (HERE.parent.parent / "shared" / "score" / "attribution.py").read_text()
    exec(source.replace("\nmain()\n", "\n"), scorer)
    systems = [[] for _ in texts]
    for w in windows:
        for p, _, roles in w.said:
            if p >= found:
                systems[w.article].append({r.capitalize(): [w.words[k - 1] for k in roles[r]] for r in ROLES[1:]})
    ns = [scorer["article"](text, [{r.capitalize(): s[r] for r in ROLES[1:]} for s in statements], system)
          for (text, statements), system in zip(texts, systems)]
    f = lambda k: scorer["f"](ns, k)
    t, p, g = (sum(n["det"][x] for n in ns) for x in range(3))
    return (f"found {found:.2f}: detection P {100 * t / max(1, p):.1f} R {100 * t / max(1, g):.1f} F1 {f('det'):.1f}  "
            + " ".join(f"{k} {f(k):.1f}" for k in ("tok Source", "tok Cue", "tok Content", "strict Source", "strict Cue", "strict Content", "all")))


FIXTURE = [
    "Yonhap reported that the ministry would send aid . Seoul denied it .",
    "“ We will not leave , ” the minister told reporters in Accra .",
    "The U.N. met on Monday .",
]


class Whole(nn.Module):
    """What the program runs beside the judge's lower layers, in the order of the file."""

    def __init__(self, reader):
        super().__init__()
        self.layers = nn.ModuleList([*reader.layers, *reader.again])
        for name in ("cue_up", "cue_out", "role_up", "role_out", "stance_up", "stance_out", "mark", "paths", "first"):
            setattr(self, name, getattr(reader, name))


@torch.no_grad()
def write(net, reader, pieces, dev, texts):
    """Int8 as in `export.py`; prints what that costs on the dev articles."""
    whole = Whole(reader.eval())
    tensors = export.pack(whole)
    export.pack(nn.ModuleDict({"words": net.words, "positions": net.positions}))
    export.round_activations(whole)
    read(net, reader, dev)
    print("int8:", figures(dev, texts))
    entries, blob = {}, bytearray()
    for name, t in tensors.items():
        blob.extend(b"\0" * (-len(blob) % 16))
        entries[name] = {"type": "i8" if t.dtype == torch.int8 else "f32", "shape": list(t.shape), "offset": len(blob)}
        blob.extend(t.numpy().tobytes())
    parser, _ = shared.stored("legation-en.bin")
    header = {"format": 1, "version": "legation-statements-en-" + hashlib.sha256(blob).hexdigest()[:12], "over": parser["version"], "hidden": model.HIDDEN,
              "layers": len(whole.layers), "heads": model.HEADS, "inner": model.INNER, "stances": STANCES, "tensors": entries}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 12) % 16)
    (HERE.parent / "models" / "legation-statements-en.bin").write_bytes(b"LEGMOD01" + struct.pack("<I", len(text)) + text + blob)
    rows = []
    for sentence in FIXTURE:
        w = shared.pieces_of(Window(), sentence.split(), pieces)
        w.statements = []
        read(net, reader, [w])
        rows.append({"words": sentence.split(), "statements": [{"share": round(p, 4), **{r: [k - 1 for k in roles[r]] for r in ROLES[1:]}} for p, _, roles in w.said]})
    fixture = HERE.parent / "crates" / "language" / "tests" / "fixtures" / "statements.json"
    fixture.write_text(json.dumps({"version": header["version"], "texts": rows}, ensure_ascii=False, indent=1) + "\n")
    print(header["version"], round((len(text) + len(blob)) / 1e6, 2), "MB")


def stance_sentences(pieces):
    """Our own sentences with marked cue `<c>` and content `<k>`."""
    tag = re.compile(r"<(/?)([ck])>")
    rows, plain = [], []
    for path in sorted((HERE / "stances").glob("*.tsv")):
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            if line.startswith("#") or not line.strip():
                continue
            stance, marked = line.rstrip("\n").split("\t")
            text, at, spans, start = "", 0, {"c": [], "k": []}, 0
            for m in tag.finditer(marked):
                text += marked[at : m.start()]
                at = m.end()
                if m[1]:
                    spans[m[2]].append((start, len(text)))
                start = len(text)
            text += marked[at:]
            if stance not in STANCES or not spans["c"]:
                raise SystemExit(f"{path}:{number}: a known stance and a cue are needed")
            rows.append((stance, spans))
            plain.append(text)
    out = []
    for (stance, spans), text, words in zip(rows, plain, shared.program_words(plain)):
        w = shared.pieces_of(Window(), [text[a:b] for a, b in words], pieces)
        inside = lambda key: [k + 1 for k, (a, b) in enumerate(words) if k < w.n and any(a < e and s < b for s, e in spans[key])]
        w.cue, w.content, w.stance = inside("c"), inside("k"), STANCES.index(stance)
        w.held = int(hashlib.sha256(text.encode()).hexdigest(), 16) % 8 == 0
        if w.cue:
            out.append(w)
    return out


def stance_loss(net, reader, chunk):
    """Cross entropy of the stances of marked statements, all read from the state under the trained layers."""
    b = collate(chunk)
    h = reader.marked(reader.lower(net, b), b, [(j, w.cue[0]) for j, w in enumerate(chunk)])
    mean = lambda j, words: h[j, words].mean(0) if words else torch.zeros(model.HIDDEN)
    rows = torch.stack([torch.cat([mean(j, w.cue), mean(j, w.content), h[j, 0]]) for j, w in enumerate(chunk)])
    scores = reader.stances(rows).float()
    return scores, F.cross_entropy(scores, torch.tensor([w.stance for w in chunk]), label_smoothing=0.05)


@torch.no_grad()
def stance_figures(net, reader, own):
    """How many of the sentences held out get their stance."""
    reader.eval()
    held, right = [w for w in own if w.held], Counter()
    for k in range(0, len(held), 64):
        chunk = held[k : k + 64]
        best = stance_loss(net, reader, chunk)[0].argmax(-1).tolist()
        right.update(w.stance for w, p in zip(chunk, best) if p == w.stance)
    of = Counter(w.stance for w in held)
    each = " ".join(f"{s} {100 * right[k] / max(1, of[k]):.0f}" for k, s in enumerate(STANCES))
    return f"stances, held out ({len(held)}): right {100 * right.total() / len(held):.1f} %; {each}"


def spoken(windows, limit=NEWS):
    """Statements of news whose cue is one word that only speaks."""
    out = []
    for w in windows:
        for s in w.statements:
            if len(s["cue"]) == 1 and w.forms[s["cue"][0] - 1].lower() in PLAIN and s["content"]:
                one = Window()
                one.__dict__.update(w.__dict__)
                one.cue, one.content, one.stance, one.held = s["cue"], s["content"], STANCES.index("affirms"), False
                out.append(one)
    return random.Random(SEED).sample(out, min(limit, len(out)))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("what", choices=("train", "figures", "export"))
    ap.add_argument("--data", default=str(HERE.parent.parent / "shared" / "data"))
    ap.add_argument("--epochs", type=int, default=EPOCHS)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=SEED)
    ap.add_argument("--on", help="go on from a state in work/, or from the weights in `models`")
    ap.add_argument("--every", type=int, default=1, help="only every nth window, for a trial")
    ap.add_argument("--state", default="attribution.pt", help="in work/")
    args = ap.parse_args()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    pieces = data.Pieces(str(train.pretrained() / "vocab.txt"))
    net = shared.foundation()
    dev, texts = articles(pathlib.Path(args.data) / "polnear" / "dev", pieces)
    if args.what == "train":
        windows, _ = articles(pathlib.Path(args.data) / "polnear" / "train", pieces)
        windows = windows[:: args.every]
        print(len(windows), "windows,", sum(len(w.statements) for w in windows), "statements", flush=True)
        own = stance_sentences(pieces)
        news = spoken(windows)
        print(len(own), "sentences with a stance,", len(news), "statements of news", flush=True)
        begun = None
        if args.on:
            begun = shipped() if args.on == "models" else torch.load(HERE / "work" / args.on)["state"]
        def after(reader):
            torch.save({"state": reader.state_dict()}, HERE / "work" / args.state)
            read(net, reader, dev, 0.2)
            print(stance_figures(net, reader, own), *(figures(dev, texts, found) for found in (0.4, 0.5)), sep="\n", flush=True)
        fit(net, windows, own + news, args.epochs, args.seed, begun, after)
    reader = Statements()
    reader.load_state_dict(torch.load(HERE / "work" / args.state)["state"], strict=False)
    if args.what == "export":
        write(net, reader, pieces, dev, texts)
        return
    read(net, reader, dev, 0.2)
    for found in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6):
        print(figures(dev, texts, found), flush=True)


if __name__ == "__main__":
    main()
