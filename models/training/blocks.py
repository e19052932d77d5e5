"""The stream for block-causal training: a clean copy of each document, then noisy copies of its answer's blocks."""
import numpy as np

from data import BLOCK, Stream

SUB, COPIES = 8, 3
BLOCKS, GROUPS = 64, 512            # a token's number: document * GROUPS + copy * BLOCKS + block; copy 0 is clean


def sees(a, b):
    """Does a token of number a see one of number b: its own block in its own copy, and all clean blocks before."""
    document = a - a % GROUPS
    return (a == b) | ((b >= document) & (b < document + a % BLOCKS))


class BlockStream(Stream):
    """Also yields the tokens' positions in their documents. Blocks lie on a grid from each document's first token."""
    planes = (*Stream.planes[:1], (np.int32, 1 << 29), (np.int32, 0))

    def tail(self, prompt):
        return len(prompt) % BLOCK

    def size(self, prompt, answer):
        return len(prompt) + len(answer) + COPIES * (self.tail(prompt) + len(answer))

    def lay(self, count, prompt, answer, content):
        clean = np.concatenate((prompt, answer))
        p, n = len(prompt), len(clean)
        s = p - self.tail(prompt)
        hidden, weight = self.noise((n - s) // BLOCK)
        hidden[:, :p - s] = False
        noisy = np.where(hidden, self.ids["mask"], clean[s:])
        at = np.arange(n)
        positions = np.concatenate((at, *[at[s:]] * COPIES))
        copies = np.concatenate((np.zeros(n, np.int64), np.repeat(1 + np.arange(COPIES), n - s)))
        number = count * GROUPS + copies * BLOCKS + positions // BLOCK
        firsts = at[-(-p // BLOCK) * BLOCK::BLOCK]          # predicted by the clean row before, always
        copy, place = hidden.nonzero()
        places = np.concatenate((firsts, n + copy * (n - s) + place))
        position = np.concatenate((firsts, s + place))
        worth = np.concatenate((np.full(len(firsts), COPIES), weight[copy, place]))
        worth = worth * np.where(position < p + content, 1.0, 0.1)
        tokens = np.concatenate((clean, noisy.ravel()), dtype=np.int32)
        return (tokens, number, positions), (places, clean[position], worth)

    def noise(self, blocks):
        """By block: anywhere; or what sub-blocks decoded left to right leave; or all. A block's first token is known."""
        shape = (COPIES, blocks, 1)
        at, kind = np.arange(BLOCK), self.np.random(shape)
        t = self.np.uniform(0.04, 1.0, shape)
        sub = SUB * self.np.integers(BLOCK // SUB, size=shape)
        split, whole = kind < 0.4, kind >= 0.8
        after = whole | (split & (at >= sub + SUB))
        hidden = (self.np.random((COPIES, blocks, BLOCK)) < t) & ~(split & (at < sub)) | after
        hidden[..., 0] = False
        return hidden.reshape(COPIES, -1), np.where(after, 1.0, 1 / t).reshape(COPIES, -1)
