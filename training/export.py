"""Turns a checkpoint of `train.py` into `models/legation-en.bin`, measures what int8 costs, and writes the parity fixture.

Usage: python export.py work/epoch6.pt [--skip-check]

The container: 8 bytes `LEGMOD01`, a little-endian u32 header length, a JSON header, then the data. The header holds the
label inventories and, per tensor, its type (`i8` with a `f32` scale per output or row, or `f32`), shape and offset into the
data. Matrices are stored inputs first (`[in, out]`), so that a row of activations times the matrix is a row of outputs.
"""
import argparse
import hashlib
import json
import pathlib
import struct

import torch

import data
import model
import train

HERE = pathlib.Path(__file__).resolve().parent
FIXTURE = [
    "North Korea 's government confirmed on Monday that it had sent troops to Russia .",
    "SEOUL , Oct. 18 ( Yonhap ) -- Kim Jong Un ordered the deployment of about 1,500 soldiers to the Kursk region .",
    "\" We do n't recognise the referendum , \" Ursula von der Leyen said in Brussels .",
    "Ministers met José Peña in Asunción ; nobody knows what was agreed .",
    "NATO CHIEF WARNS OF ESCALATION",
    "He wo n't say whether the U.S. and the United Nations would have accepted it .",
]


def quantise(w):
    """Symmetric int8 over the last-but-first axis: one scale per row of `w` (`[rows, n]`)."""
    scale = w.abs().amax(1).clamp(min=1e-8) / 127
    return torch.round(w / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def rounded(x):
    """Rows of activations as `crates/language/src/kernel.rs` rounds them: 7 bits between their least and greatest value."""
    low, high = x.amin(-1, keepdim=True).clamp(max=0), x.amax(-1, keepdim=True).clamp(min=0)
    scale = ((high - low) / 127).clamp(min=1e-12)
    zero = torch.round(-low / scale)
    return (torch.round(x / scale + zero) - zero) * scale


def round_activations(net):
    """From here on the net computes as the program does."""
    for layer in net.modules():
        if isinstance(layer, torch.nn.Linear):
            layer.register_forward_pre_hook(lambda _, given: (rounded(given[0]),))


def pack(net):
    """Yields (name, tensor) in file order, and replaces the net's weights by what the file can express."""
    out = {}
    state = net.state_dict()
    for name, w in state.items():
        if name.endswith("weight") and w.dim() == 2 and name != "shapes.weight":
            q, scale = quantise(w)
            table = name in ("words.weight", "positions.weight")
            out[name] = q if table else q.t().contiguous()
            out[name.replace("weight", "scale")] = scale
            state[name] = q.float() * scale[:, None]
        else:
            out[name] = w.float().contiguous()
    net.load_state_dict(state)
    return out


def pack_coreference(state):
    """The scorer of coreference: its projection as the other layers, the rest as it is."""
    out = {name: w.float().contiguous() for name, w in state.items()}
    if out:
        q, out["coref.project.scale"] = quantise(out["coref.project.weight"])
        out["coref.project.weight"] = q.t().contiguous()
    return out


@torch.no_grad()
def fixture(net, labels, pieces):
    net.eval()
    rows = []
    for text in FIXTURE:
        words = text.split()
        s = data.Sentence(words, "fixture")
        e = data.encode(s, pieces, labels)
        b = model.collate([e])
        h = net.encode(b["ids"], b["shapes"], b["lengths"], b["word"], b["words"])
        arcs = net.arcs(h)[0].log_softmax(-1)
        arcs[torch.arange(len(words)), torch.arange(1, len(words) + 1)] = -1e9
        head = arcs.argmax(-1)
        # One root, as in the engine: of several the one that loses most without it.
        rest = arcs[:, 1:].max(-1)
        roots = (head == 0).nonzero()[:, 0].tolist()
        for r in sorted(roots, key=lambda r: float(rest.values[r] - arcs[r, 0]))[1:]:
            head[r] = rest.indices[r] + 1
        rel = net.relations(h, head[None]).argmax(-1)[0]
        x = h[:, 1:]
        pick = lambda m, names: [names[i] for i in m(x)[0].argmax(-1)]
        # As the engine does: only bundles that were seen with the predicted part of speech.
        feats = [labels.feats[max(labels.allowed[u], key=lambda f: float(scores[f]))] for u, scores in zip(pick(net.upos, labels.upos), net.feats(x)[0])]
        rows.append({
            "words": words, "pieces": e["ids"], "shapes": e["shapes"],
            "upos": pick(net.upos, labels.upos), "feats": feats, "ner": pick(net.ner, labels.ner),
            "lemma": [data.apply_rule(w, r) for w, r in zip(words, pick(net.rules, labels.rules))],
            "head": head.tolist(), "rel": [labels.rel[i] for i in rel],
            "first_word": [round(float(v), 4) for v in h[0, 1, :8]],
        })
    return rows


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("checkpoint")
    ap.add_argument("--data", default=str(HERE.parent.parent / "shared" / "data"))
    ap.add_argument("--skip-check", action="store_true")
    args = ap.parse_args()
    torch.set_num_threads(2)
    tb, _, dev_ner, _, labels, pieces = train.build(args.data)
    net = model.Net(len(pieces.tok.get_vocab()), data.SHAPES, labels)
    checkpoint = torch.load(args.checkpoint)
    net.load_state_dict(checkpoint["state"])
    if not args.skip_check:
        print("f32 :", train.report(net, tb, dev_ner, labels, pieces), flush=True)
    tensors, entries, blob = pack(net), {}, bytearray()
    tensors |= pack_coreference(checkpoint.get("coreference", {}))
    round_activations(net)
    if not args.skip_check:
        print("int8:", train.report(net, tb, dev_ner, labels, pieces), flush=True)

    def add(raw):
        blob.extend(b"\0" * (-len(blob) % 16))
        at = len(blob)
        blob.extend(raw)
        return at
    for name, t in tensors.items():
        kind = "i8" if t.dtype == torch.int8 else "f32"
        entries[name] = {"type": kind, "shape": list(t.shape), "offset": add(t.numpy().tobytes())}
    vocab = (train.pretrained() / "vocab.txt").read_bytes()
    place = {"offset": add(vocab), "length": len(vocab)}
    header = {
        "format": 1, "version": "legation-en-" + hashlib.sha256(blob).hexdigest()[:12],
        "hidden": model.HIDDEN, "layers": model.LAYERS, "heads": model.HEADS, "inner": model.INNER,
        "arc": model.ARC, "rel": model.REL, "shapes": data.SHAPES, "pieces_per_word": data.MAX_PIECES_PER_WORD,
        "upos": labels.upos, "feats": labels.feats, "allowed": labels.allowed, "relations": labels.rel,
        "rules": labels.rules, "names": labels.ner, "vocab": place, "tensors": entries,
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 12) % 16)
    models = HERE.parent / "models"
    models.mkdir(exist_ok=True)
    (models / "legation-en.bin").write_bytes(b"LEGMOD01" + struct.pack("<I", len(text)) + text + blob)
    fixtures = HERE.parent / "crates" / "language" / "tests" / "fixtures"
    fixtures.mkdir(parents=True, exist_ok=True)
    (fixtures / "parity.json").write_text(json.dumps({"version": header["version"], "sentences": fixture(net, labels, pieces)}, ensure_ascii=False, indent=1) + "\n")
    print(header["version"], round((len(text) + len(blob)) / 1e6, 2), "MB")


if __name__ == "__main__":
    main()
