"""Counts the tokens of the training text, for methods that weigh down what is common (PC-Sampler)."""
import argparse
import collections
import json
import pathlib
import random

from tokenizers import Tokenizer

from splits import GENERATORS, heldout_hashes, key_hash
from tokenizer import render, special_ids

SHARES = {"lookup": 0.3, "arithmetic": 0.36, "code": 0.06, "lists": 0.28}


def counts(family, tokenizer, items, seed="corpus"):
    """Token counts over prompts and answers of the training mixture, without held-out questions and padding."""
    rng = random.Random(seed)
    held = heldout_hashes()
    end = special_ids(family)["end"]
    found = collections.Counter()
    for task in rng.choices([*SHARES], SHARES.values(), k=items):
        item = GENERATORS[task](rng)
        if any(key_hash(k) in held for k in (item.key, *item.shot_keys)):
            continue
        for text in (render(family, item.messages()), item.response):
            found.update(tokenizer.encode(text, add_special_tokens=False).ids)
        found[end] += 1
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=("llada", "dream"))
    parser.add_argument("model", type=pathlib.Path, help="checkpoint folder; FAMILY_corpus.json is written into it")
    parser.add_argument("--items", type=int, default=20000)
    arguments = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    found = counts(arguments.family, tokenizer, arguments.items)
    document = {"num_token": sum(found.values()),
                "p_baseline_dict": {str(token): found[token] for token in sorted(found)}}
    file = arguments.model / f"{arguments.family}_corpus.json"
    file.write_text(json.dumps(document, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
