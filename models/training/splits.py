"""Held-out splits, fixed by seed. Training drops every item whose question is in heldout.bin (hashes of all splits)."""
import argparse
import hashlib
import json
import pathlib
import random

from tasks import arithmetic, code, lists, lookup

GENERATORS = {"arithmetic": arithmetic.generate, "code": code.generate, "lookup": lookup.generate,
              "lists": lists.generate}
SEEDS = {"open": 1_000_003}         # a further split is kept back; only its hashes are in heldout.bin
HASHES, HASH_BYTES = pathlib.Path(__file__).parent / "heldout.bin", 12
PER_TASK, DOCUMENTS = 200, 10


def key_hash(key):
    return hashlib.sha256(key.encode()).digest()[:HASH_BYTES]


def heldout(split, seeds=SEEDS):
    """Returns {task: [Item]} of one split; no question occurs twice, in this split or an earlier one."""
    seen = set()
    for name in seeds:
        items = {}
        for task, generate in GENERATORS.items():
            rng = random.Random(f"{seeds[name]}/{task}")
            items[task] = (shared_documents if task == "lookup" else single_items)(rng, generate, seen)
        if name == split:
            return items
    raise KeyError(split)


def single_items(rng, generate, seen):
    items = []
    while len(items) < PER_TASK:
        item = generate(rng)
        if add(seen, item.key):
            items.append(item)
    return items


def shared_documents(rng, _, seen):
    """10 documents of rising length with 20 questions each."""
    items = []
    for d in range(DOCUMENTS):
        text, question = lookup.document(rng, 10 + d * 60 // (DOCUMENTS - 1))
        questions = []
        while len(questions) < PER_TASK // DOCUMENTS:
            item = question(rng)
            if add(seen, item.key):
                questions.append(item)
        items += questions
    return items


def add(seen, key):
    h = key_hash(key)
    new = h not in seen
    seen.add(h)
    return new


def heldout_hashes():
    data = HASHES.read_bytes()
    return {data[i:i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)}


def record(split, number, item):
    out = {"id": f"{item.task}-{split}-{number:03d}", "task": item.task, "messages": item.messages(),
           "answer": item.answer, "reference": item.response, "shots": item.shots}
    if item.task == "code":
        out |= {"signature": item.signature, "entry_point": item.entry_point, "tests": item.tests}
    if item.task == "lookup":
        out["document_id"] = item.document_id
    return out


def write(split, folder, seeds=SEEDS):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for task, items in heldout(split, seeds).items():
        lines = [json.dumps(record(split, n, i)) for n, i in enumerate(items)]
        (folder / f"{task}.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", choices=SEEDS)
    parser.add_argument("folder")
    args = parser.parse_args()
    write(args.split, args.folder)
