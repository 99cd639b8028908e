"""Reads the treebanks and the name corpora and turns sentences into numbered pieces and labels.

The same definitions (wordpieces, word shapes, lemma rules) exist in `crates/language`; the parity fixture written by
`export.py` holds both sides together. What is out of scope: raw text. Sentences and words come from the corpora.
"""
import collections
import csv
import pathlib
import random
import re

import tokenizers

MAX_PIECES_PER_WORD = 12
MAX_PIECES = 128
# Kinds of names. Only our own sentences tell all nine apart; `MEANS` says what the tags of other corpora may stand for.
KINDS = ("PER", "LOC", "ORG", "FAC", "NORP", "EVENT", "LAW", "WEAPON", "MISC")
NER_TAGS = ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]
OTHER = ("NORP", "EVENT", "LAW", "WEAPON", "MISC")
MEANS = {
    # every kind told apart
    "fine": {k: (k,) for k in KINDS},
    # three kinds; buildings are places, and what is neither is outside
    "three": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"), "O": OTHER},
    # three kinds and one for all the rest
    "four": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "FAC"), "MISC": OTHER},
}


def tag_set(tag, scheme):
    """The tags of ours that `tag` of a corpus may be: alternatives whose probabilities add up in the loss."""
    means = MEANS[scheme]
    if tag == "O":
        return ("O",) + tuple(f"{p}-{k}" for k in means.get("O", ()) for p in "BI")
    return tuple(f"{tag[:2]}{k}" for k in means.get(tag[2:], ()))


TAG_SETS = sorted({tag_set(t, scheme) for scheme in MEANS for t in ["O"] + [f"{p}-{k}" for k in KINDS for p in "BI"]} - {()})

# Titles that some corpora keep inside a person's name and the UNER scheme leaves outside.
TITLES = set("""mr mrs ms miss dr prof professor sir president vice prime minister premier secretary general gen lt col
colonel captain capt major maj sgt sergeant admiral senator sen rep representative congressman congresswoman governor gov
king queen prince princess pope bishop archbishop father rev reverend judge justice chancellor ambassador spokesman
spokeswoman spokesperson chairman commander deputy foreign defense defence chief officer leader director coach mayor sheikh
shaikh lord lady secretary-general of state the""".split())
NATIONS = set("""american russian chinese british french german iraqi israeli japanese syrian ukrainian iranian turkish
saudi egyptian indian pakistani afghan korean italian spanish us u.s. uk u.k. european""".split())


HERE = pathlib.Path(__file__).resolve().parent


class Sentence:
    """One sentence; label lists are None where the corpus has no such layer."""

    def __init__(self, words, source):
        self.words, self.source = words, source
        self.upos = self.feats = self.lemma = self.head = self.rel = self.ner = None
        self.starts = ()  # words, from 0, at which a further sentence starts
        self.scheme, self.weight = "three", 1.0


def read_conllu(path, source):
    out, rows = [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            continue
        if line:
            c = line.split("\t")
            if "-" not in c[0] and "." not in c[0]:
                rows.append(c)
        elif rows:
            s = Sentence([r[1] for r in rows], source)
            s.lemma, s.upos, s.feats = [r[2] for r in rows], [r[3] for r in rows], [r[5] for r in rows]
            s.head, s.rel = [int(r[6]) for r in rows], [r[7] for r in rows]
            out.append(s)
            rows = []
    return out


def read_bio(path, source, weight=1.0, scheme="three", keep_misc=True):
    """`keep_misc=False`: the corpus has a MISC of another meaning; it is left open (`?`) instead of being learned."""
    out, rows = [], []
    for line in list(open(path, encoding="utf-8")) + ["\n"]:
        c = line.split()
        if len(c) >= 2:
            tag = c[-1]
            rows.append((c[0], "?" if tag.endswith("MISC") and not keep_misc else tag))
        elif rows:
            s = Sentence([w for w, _ in rows], source)
            s.ner, s.weight, s.scheme = [t for _, t in rows], weight, scheme
            out.append(s)
            rows = []
    return out


def reconcile(s):
    """One scheme for all corpora: no title, article or nationality before a person, no comma inside a place."""
    words, tags = s.words, s.ner
    i = 0
    while i < len(tags):
        if not tags[i].startswith("B-"):
            i += 1
            continue
        kind, j = tags[i][2:], i + 1
        while j < len(tags) and tags[j] == "I-" + kind:
            j += 1
        start = i
        if kind == "PER":
            while start < j and (words[start].lower().rstrip(".") in TITLES or words[start].lower() in NATIONS or words[start] == "."):
                start += 1
            if start == j:
                start = i if words[i][:1].isupper() and j - i == 1 and words[i].lower().rstrip(".") not in TITLES else j
        elif words[start].lower() == "the" and j - start > 1:
            start += 1
        for k in range(i, j):
            tags[k] = "O" if k < start else ("B-" if k == start else "I-") + kind
        if kind == "LOC":
            for k in range(start + 1, j - 1):
                if words[k] == ",":
                    tags[k], tags[k + 1] = "O", "B-LOC"
        i = j
    return s


HYPHENS = re.compile(r"(?<=\w)(-)(?=\w\w)")


def split_hyphens(s):
    """UD English makes `al - Ani` of `al-Ani`; the name corpora do not."""
    words, tags = [], []
    for w, t in zip(s.words, s.ner):
        parts = [w] if "/" in w or "@" in w or "." in w or len(w) < 5 else [p for p in HYPHENS.split(w) if p]
        for k, p in enumerate(parts):
            words.append(p)
            tags.append("I" + t[1:] if k and t[0] == "B" else t)
    s.words, s.ner = words, tags
    return s


# What our own sentences are cut by: abbreviations keep their stop, clitics and hyphens are words of their own, as in UD English.
WORD = re.compile(r"""(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:[A-Z]\.){2,}|[A-Z]\.(?=\s)|(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Maj|Capt|Prof|Sen|Rep|Gov|Rev|Jr|Sr|Inc|Ltd|Co|Corp|No|vs|etc|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.
    |\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s|m|km|bn)?|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+(?:['’]\w+)?\b|\.\.\.|--+|[^\w\s]""", re.X | re.I)
CLITIC = re.compile(r"^(.+?)(['’](?:s|re|ve|ll|d|m))$", re.I)


def cut(text):
    out = []
    for w in WORD.findall(text):
        m = CLITIC.match(w)
        out += [m[1], m[2]] if m and len(m[1]) > 1 else [w]
    return out


MARK = re.compile(r"\[([A-Z]+) ([^\[\]]+)\]")


def read_marked(path, source):
    """Our own sentences, one a line: `The [ORG African Union] met in [LOC Lusaka].`"""
    out = []
    for line in open(path, encoding="utf-8"):
        words, tags, at = [], [], 0
        for m in list(MARK.finditer(line)) + [None]:
            plain = cut(line[at : m.start() if m else len(line)])
            words, tags = words + plain, tags + ["O"] * len(plain)
            if m:
                inner = cut(m[2])
                words, tags = words + inner, tags + [f"B-{m[1]}"] + [f"I-{m[1]}"] * (len(inner) - 1)
                at = m.end()
        if words:
            s = Sentence(words, source)
            s.ner, s.scheme = tags, "fine"
            out.append(s)
    return out


def names_of_the_world(atlas):
    """Names of persons, places and organisations from the program's own atlas, to put in the place of others."""
    def column(path, *keys):
        rows = [l for l in open(path, encoding="utf-8") if l.strip() and not l.startswith("#")]
        return [row[k] for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE) for k in keys if row.get(k)]
    atlas = pathlib.Path(atlas)
    people = [n for p in sorted(atlas.glob("leaders/*.tsv")) for n in column(p, "name")]
    places = [n for n in column(atlas / "gazetteer.tsv", "name")] + 4 * column(atlas / "places.tsv", "name")
    bodies = [n for f in ("bodies", "outlets", "groups", "services") for n in column(atlas / f"{f}.tsv", "name")]
    bodies += [a for f in ("bodies", "groups", "services") for names in column(atlas / f"{f}.tsv", "names") for a in names.split("|")]
    clean = lambda names: [cut(n.removeprefix("The ").removeprefix("the ")) for n in names if n and "(" not in n]
    return {"PER": clean(people), "LOC": clean(places), "ORG": clean(bodies)}


def renamed(s, world, rng, share=0.25):
    """A sentence with some of its names replaced by others of their kind. For sentences that have names only."""
    t = Sentence([], s.source)
    t.__dict__.update({k: v for k, v in s.__dict__.items() if k not in ("words", "ner")})
    words, tags, i = [], [], 0
    while i < len(s.words):
        j = i + 1
        if s.ner[i].startswith("B-"):
            while j < len(s.words) and s.ner[j] == "I" + s.ner[i][1:]:
                j += 1
        kind = s.ner[i][2:]
        if s.ner[i].startswith("B-") and kind in world and s.words[i][:1].isupper() and rng.random() < share:
            new = rng.choice(world[kind])
            if kind == "PER":  # as long as the one it replaces: family names stand alone, full names do not
                new = new[-1:] if j - i == 1 else new
            words, tags = words + new, tags + [f"B-{kind}"] + [f"I-{kind}"] * (len(new) - 1)
        else:
            words, tags = words + s.words[i:j], tags + s.ner[i:j]
        i = j
    t.words, t.ner = words, tags
    return t


def shape(word):
    """The casing class of a word: what the uncased vocabulary cannot see. 0 is kept for special pieces."""
    letters = [c for c in word if c.isalpha()]
    digit = any(c in "0123456789" for c in word)
    if not letters:
        return 2 if digit else 1
    if digit:
        return 3
    upper, lower = sum(c.isupper() for c in letters), sum(c.islower() for c in letters)
    if upper == 0:
        return 4 if lower else 9
    if lower == 0:
        return 6 if len(letters) == 1 else 7
    return 5 if upper == 1 and letters[0].isupper() else 8


SHAPES = 10


def lemma_rule(form, lemma, propn):
    """An edit rule `CASE-n+suffix` or `=lemma`, after UDPipe: lower (L) or kept (K) form, n characters cut, suffix added."""
    def suffix(a):
        n = 0
        while n < min(len(a), len(lemma)) and a[n] == lemma[n]:
            n += 1
        return None if n == 0 and lemma != "" else f"-{len(a) - n}+{lemma[n:]}"
    low, keep = suffix(form.lower()), suffix(form)
    if lemma == form and (propn or form != form.lower()):
        return "K-0+"
    title = form[:1].upper() + form[1:].lower()
    order = [("K", keep), ("T", suffix(title)), ("L", low)] if propn else [("L", low), ("K", keep), ("T", suffix(title))]
    order = [(len(r.split("+", 1)[1]) + int(r[1:].split("+")[0]), k, (c, r)) for k, (c, r) in enumerate(order) if r]
    return "".join(min(order)[2]) if order else "=" + lemma


def apply_rule(form, rule):
    if rule.startswith("="):
        return rule[1:]
    base = {"L": form.lower(), "K": form, "T": form[:1].upper() + form[1:].lower()}[rule[0]]
    cut, add = rule[2:].split("+", 1)
    return base[: len(base) - int(cut)] + add if int(cut) <= len(base) else None


class Labels:
    """The inventories of labels, collected on the training data; saved in the weights file."""

    def __init__(self, sentences, feats_min=2, rule_min=2):
        upos, feats, rel, rules = (collections.Counter() for _ in range(4))
        allowed = collections.defaultdict(set)
        for s in sentences:
            upos.update(s.upos)
            feats.update(s.feats)
            rel.update(s.rel)
            rules.update(lemma_rule(w, l, u == "PROPN") for w, l, u in zip(s.words, s.lemma, s.upos))
        self.upos, self.rel = sorted(upos), sorted(rel)
        self.feats = [f for f, n in feats.most_common() if n >= feats_min]
        self.rules = [r for r, n in rules.most_common() if n >= rule_min]
        self.ner = NER_TAGS
        self.ner_sets = TAG_SETS
        for s in sentences:
            for u, f in zip(s.upos, s.feats):
                allowed[u].add(f)
        self.allowed = {u: [i for i, f in enumerate(self.feats) if f in allowed[u]] for u in self.upos}
        self.index()

    def index(self):
        for name in ("upos", "rel", "feats", "rules", "ner"):
            setattr(self, name + "_id", {v: i for i, v in enumerate(getattr(self, name))})
        self.ner_set_id = {v: i for i, v in enumerate(TAG_SETS)}


class Pieces:
    def __init__(self, vocab):
        self.tok = tokenizers.BertWordPieceTokenizer(vocab, lowercase=True)
        self.cls, self.sep, self.unk = (self.tok.token_to_id(t) for t in ("[CLS]", "[SEP]", "[UNK]"))
        self.cache = {}

    def word(self, w):
        if w not in self.cache:
            self.cache[w] = self.tok.encode(w, add_special_tokens=False).ids[:MAX_PIECES_PER_WORD] or [self.unk]
        return self.cache[w]


def augment(s, rng):
    """Now and then a headline: all capitals, Title Case, all lower, or without the final stop."""
    if s.ner is not None and s.upos is None and len(s.words) < 4:
        return s
    t = Sentence(list(s.words), s.source)
    t.__dict__.update({k: v for k, v in s.__dict__.items() if k != "words"})
    r = rng.random()
    if r < 0.03:
        t.words = [w.upper() for w in t.words]
    elif r < 0.06:
        t.words = [w.lower() for w in t.words]
    elif r < 0.10:
        t.words = [w if len(w) < 4 and k else w[:1].upper() + w[1:] for k, w in enumerate(t.words)]
    if rng.random() < 0.12 and len(t.words) > 3 and t.words[-1] == "." and not t.starts:
        n = len(t.words) - 1
        if t.head is None or (n + 1) not in t.head:
            for k in ("words", "upos", "feats", "lemma", "head", "rel", "ner"):
                if getattr(t, k) is not None:
                    setattr(t, k, getattr(t, k)[:n])
    return t


def joined(a, b):
    """Two sentences as a splitter leaves them that saw no end of the first."""
    t = Sentence(a.words + b.words, a.source)
    n = len(a.words)
    t.upos, t.feats, t.lemma, t.rel = (getattr(a, k) + getattr(b, k) for k in ("upos", "feats", "lemma", "rel"))
    t.head = a.head + [h + n if h else 0 for h in b.head]
    t.ner = a.ner + b.ner if a.ner and b.ner else None
    t.starts = (n,)
    return t


def running(sentences, rng):
    """The sentences of an epoch, some joined with their successor: half of those without a final stop, few of the others."""
    out, k = [], 0
    while k < len(sentences):
        s = sentences[k]
        share = 0.06 if s.words[-1][-1] in ".!?\"”" else 0.5
        if k + 1 < len(sentences) and sentences[k + 1].source == s.source and rng.random() < share:
            out.append(joined(s, sentences[k + 1]))
            k += 1
        else:
            out.append(s)
        k += 1
    return out


def encode(s, pieces, labels, longest=MAX_PIECES):
    """Ids for one sentence, or None where it is longer than the training cap. Label -1 means: no loss."""
    ids, shapes, word = [pieces.cls], [0], [0]
    for k, w in enumerate(s.words):
        p = pieces.word(w)
        ids += p
        shapes += [shape(w)] * len(p)
        word += [k + 1] * len(p)
    if len(ids) + 1 > longest:
        return None
    ids.append(pieces.sep)
    shapes.append(0)
    word.append(-1)
    n = len(s.words)
    none = [-1] * n
    rows = {"upos": none, "feats": none, "rule": none, "head": none, "rel": none, "ner": none, "start": none}
    if s.upos:
        rows["upos"] = [labels.upos_id[u] for u in s.upos]
        rows["feats"] = [labels.feats_id.get(f, -1) for f in s.feats]
        rows["rule"] = [labels.rules_id.get(lemma_rule(w, l, u == "PROPN"), -1) for w, l, u in zip(s.words, s.lemma, s.upos)]
        rows["start"] = [int(k in s.starts) for k in range(n)]
        rows["head"], rows["rel"] = s.head, [labels.rel_id.get(r, -1) for r in s.rel]
    if s.ner:
        rows["ner"] = [labels.ner_set_id.get(tag_set(t, s.scheme), -1) if t != "?" else -1 for t in s.ner]
    return {"ids": ids, "shapes": shapes, "word": word, "n": n, "weight": s.weight, **rows}


def load(root):
    """All training material and the dev sets, by name."""
    tb = {n: read_conllu(f"{root}/treebank/{n}.conllu", n) for n in ("ewt-train", "ewt-dev", "gum-train", "gum-dev")}
    for part in ("train", "dev"):
        names = read_bio(f"{root}/ner/gum-{part}.bio", "gum")
        for s, g in zip(tb[f"gum-{part}"], names):
            if s.words == g.words:
                s.ner = reconcile(g).ner if part == "train" else g.ner
    wiki = [split_hyphens(s) for s in read_bio(f"{root}/ner/wikigold-train.bio", "wikigold", 1.0, "four")]
    held = wiki[len(wiki) - 136:]
    prepare = lambda rows: [split_hyphens(reconcile(s)) for s in rows]
    own = [split_hyphens(s) for p in sorted((HERE / "names").glob("*.txt")) for s in read_marked(p, "own")]
    # (sentences, share of them seen in an epoch)
    ner = {
        "own": (own, 1.0),
        "wikigold": (wiki[: len(wiki) - 136], 1.0),
        "re3d": (prepare(read_bio(f"{root}/ner/re3d-open.bio", "re3d", 0.3)), 0.5),
        "multiner": (prepare(read_bio(f"{root}/ner/multiner-gov.bio", "multiner", 0.3, keep_misc=False)), 0.12),
        "wnut": (prepare(read_bio(f"{root}/ner/wnut17-train.bio", "wnut", 0.35, keep_misc=False)), 0.25),
        "btc": (prepare(read_bio(f"{root}/ner/btc-all.bio", "btc", 0.25)), 0.08),
    }
    dev_ner = {"ewt": read_bio(f"{root}/ner/uner-ewt-dev.bio", "ewt"), "gum": read_bio(f"{root}/ner/gum-dev.bio", "gum"), "wikigold": held}
    return tb, ner, dev_ner


def batches(items, budget, rng):
    """Groups of similar length with about `budget` padded pieces each, in random order."""
    items = sorted(items, key=lambda e: len(e["ids"]) + rng.random() * 3)
    out, cur, longest = [], [], 0
    for e in items:
        longest = max(longest, len(e["ids"]))
        if cur and longest * (len(cur) + 1) > budget:
            out.append(cur)
            cur, longest = [], len(e["ids"])
        cur.append(e)
    if cur:
        out.append(cur)
    rng.shuffle(out)
    return out


def seeded(seed):
    return random.Random(seed)
