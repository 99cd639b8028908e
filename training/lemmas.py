#!/usr/bin/env python3
"""Makes crates/language/data/lemmas.tsv: inflected forms with their dictionary form, as seen in the training treebanks.

  lemmas.py TREEBANK.conllu… > ../crates/language/data/lemmas.tsv

A form is kept under its part of speech when one lemma has at least 80 % of its occurrences (or two in three of three or
fewer), and the lemma is not the form itself. Facts only: no sentence and no frequency goes in.
"""
import collections
import sys

OPEN = {"NOUN", "VERB", "ADJ", "ADV", "AUX", "PROPN"}
LISTED = {"NOUN", "VERB", "ADJ", "AUX"}

counts = collections.defaultdict(collections.Counter)
for path in sys.argv[1:]:
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or cells[3] not in OPEN:
            continue
        form, lemma, upos = cells[1].lower(), cells[2].lower(), cells[3]
        if "Typo=Yes" in cells[5] or "Abbr=Yes" in cells[5] or not form.isalpha() or not lemma.isalpha():
            continue
        counts[form, upos][lemma] += 1

print("# Inflected forms and their dictionary forms, by part of speech. Made by training/lemmas.py from the training parts of")
print("# Universal Dependencies English EWT and GUM (free genres), 2.16; source: those treebanks, CC BY-SA 4.0 and CC BY 4.0.")
print("form\tupos\tlemma")
for (form, upos), lemmas in sorted(counts.items()):
    lemma, n = lemmas.most_common(1)[0]
    if upos in LISTED and lemma != form and n >= 0.8 * sum(lemmas.values()):
        print(f"{form}\t{upos}\t{lemma}")
