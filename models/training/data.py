"""The endless training stream: items -> token ids -> masked, packed batches."""
import random

import numpy as np
import torch
from tokenizers import Tokenizer

from splits import GENERATORS, heldout_hashes, key_hash
from tasks import lookup
from tokenizer import render, special_ids

SYSTEMS = ("You are a helpful assistant.", "Show your work.", "Answer the question.",
           "You are a careful assistant that answers step by step.")
OTHERS = {"arithmetic": 0.36, "code": 0.06, "lists": 0.28}     # what lookup leaves is shared in this proportion
ROWS, LENGTH, TARGETS, BLOCK = 16, 4096, 16384, 32
MAX_TOKENS, MAX_RESPONSE = 1280, 256


class Stream(torch.utils.data.IterableDataset):
    """Yields (tokens, document numbers, target positions, targets, weights) for one family."""
    planes = ((np.int32, "eos"), (np.int32, 1 << 20))       # type and padding of tokens and document numbers

    def __init__(self, family, tokenizer_file, seed, rows=ROWS, length=LENGTH, targets=TARGETS,
                 lookup_share=0.3, many=0.0, entries=70):
        self.family, self.file, self.seed = family, tokenizer_file, seed
        self.rows, self.length, self.targets = rows, length, targets
        self.lookup_share, self.many, self.entries = lookup_share, many, entries

    def __iter__(self):
        info = torch.utils.data.get_worker_info()
        worker = info.id if info else 0
        self.rng = random.Random(f"train/{self.seed}/{worker}")
        self.np = np.random.default_rng([self.seed, worker])
        self.tokenizer = Tokenizer.from_file(self.file)
        self.ids = special_ids(self.family)
        self.held = heldout_hashes()
        self.documents = []
        left = []
        while True:
            batch, left = self.pack(left)
            yield batch

    def items(self, count):
        left = (1 - self.lookup_share) / sum(OTHERS.values())
        shares = [self.lookup_share, *(w * left for w in OTHERS.values())]
        out = []
        for task in self.rng.choices(["lookup", *OTHERS], shares, k=count):
            item = self.lookup_item() if task == "lookup" else GENERATORS[task](self.rng)
            if any(key_hash(k) in self.held for k in (item.key, *item.shot_keys)):
                continue
            if self.rng.random() < 0.2:
                item.system = self.rng.choice(SYSTEMS)
            out.append(item)
        return out

    def lookup_item(self):
        """A document is asked several questions before it is replaced."""
        if len(self.documents) < 64:
            self.documents.append(lookup.some_document(self.rng, self.entries)[1])
        slot = self.rng.randrange(len(self.documents))
        item = self.documents[slot](self.rng, self.rng.random() < self.many)
        if self.rng.random() < 0.12:
            self.documents[slot] = lookup.some_document(self.rng, self.entries)[1]
        return item

    def examples(self, count):
        items = self.items(count)
        encode = lambda texts: [e.ids for e in self.tokenizer.encode_batch(texts, add_special_tokens=False)]
        prompts = encode([render(self.family, i.messages()) for i in items])
        responses = encode([i.response for i in items])
        for prompt, response in zip(prompts, responses):
            content = len(response) + 1
            tail = self.tail(prompt)
            blocks = -(-(tail + content) // BLOCK)
            most = min(MAX_RESPONSE, (MAX_TOKENS - len(prompt) + tail) // BLOCK * BLOCK) // BLOCK
            if most < blocks:
                continue
            blocks = min(most, blocks + self.rng.choice((0, 0, 0, 0, 0, 1, 1, 2, 3, 6)))
            answer = np.full(blocks * BLOCK - tail, self.ids["eos"], np.int32)
            answer[:content] = response + [self.ids["end"]]
            yield np.array(prompt, np.int32), answer, content

    def tail(self, prompt):
        """How many tokens of the prompt share a block with the answer."""
        return 0

    def mask(self, answer, content):
        """Two kinds of noise: anywhere (LLaDA's own) or one block with clean blocks before and masks after."""
        n = len(answer)
        t = self.np.uniform(0.04, 1.0)
        hidden = self.np.random(n) < t
        weight = np.where(np.arange(n) < content, 1.0, 0.1).astype(np.float32) / t
        if self.np.random() < 0.5:
            full = -(-content // BLOCK)
            b = self.np.integers(full) if self.np.random() < 0.9 else self.np.integers(n // BLOCK)
            s = b * BLOCK
            hidden[:s], hidden[s + BLOCK:] = False, True
            weight[s + BLOCK:] = 0
        return hidden, weight * hidden

    def size(self, prompt, answer):
        return len(prompt) + len(answer)

    def lay(self, count, prompt, answer, content):
        """One document as (what fills the planes), (target positions, targets, weights)."""
        hidden, weight = self.mask(answer, content)
        tokens = np.concatenate((prompt, np.where(hidden, self.ids["mask"], answer)))
        chosen = np.flatnonzero(weight)
        return (tokens, count), (len(prompt) + chosen, answer[chosen], weight[chosen])

    def pack(self, left):
        rows, length = self.rows, self.length
        planes = [np.full((rows, length), self.ids.get(value, value), dtype) for dtype, value in self.planes]
        fill = np.zeros(rows, np.int64)
        where, what, weights = [], [], []
        pool, count, misses = list(left), 0, []
        while len(misses) < 6:
            if not pool:
                pool = list(self.examples(32))
            prompt, answer, content = pool.pop()
            size = self.size(prompt, answer)
            fits = np.flatnonzero(fill + size <= length)
            if len(fits) == 0:
                misses.append((prompt, answer, content))
                continue
            row = fits[0]
            a = fill[row]
            filling, (places, targets, weight) = self.lay(count, prompt, answer, content)
            for plane, values in zip(planes, filling):
                plane[row, a:a + size] = values
            where.append(row * length + a + places)
            what.append(targets)
            weights.append(weight)
            fill[row] += size
            count += 1
        return self.arrays(planes, where, what, weights), pool + misses

    def arrays(self, planes, where, what, weights):
        where, what, weights = (np.concatenate(x) for x in (where, what, weights))
        keep = np.arange(len(where))
        if len(keep) > self.targets:
            keep = np.sort(self.np.permutation(len(where))[:self.targets])
        pad = self.targets - len(keep)
        grow = lambda x, v: torch.from_numpy(np.concatenate([x[keep], np.full(pad, v, x.dtype)]))
        tokens, number, *more = map(torch.from_numpy, planes)
        return (tokens, number, grow(where, 1), grow(what.astype(np.int64), 0), grow(weights.astype(np.float32), 0),
                *more)
