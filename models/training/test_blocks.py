"""Checks block-causal training on the CPU: every predicting row of a packed batch against a plain forward."""
import pathlib

import torch

from attention import attention, tiles
from blocks import BLOCKS, GROUPS, BlockStream, sees
from data import BLOCK
from decode import attend_padded
from model import Denoiser

TOKENIZER = pathlib.Path(__file__).parent.parent / "unmask-mini-dream" / "tokenizer.json"


def plain(model, tokens):
    """The rows of one sequence under block-causal attention."""
    at = torch.arange(len(tokens)) // BLOCK
    seen = (at <= at[:, None])[None, None]
    return model.hidden(tokens[None], model.rope(len(tokens), "cpu"), attend_padded, seen, torch.float32)[0]


@torch.no_grad()
def main():
    torch.manual_seed(1)
    model = Denoiser("block")
    stream = BlockStream("block", str(TOKENIZER), seed=5, rows=2, length=2048, targets=4096, many=0.5)
    tokens, number, where, targets, weights, positions = next(iter(stream))
    attend, prepare = attention("cpu", "block")
    rope = [table[positions][:, None] for table in model.rope(2048, "cpu")]
    packed = model.hidden(tokens, rope, attend, prepare(number), torch.float32).flatten(0, 1)
    tokens, number, positions = tokens.flatten(), number.flatten(), positions.flatten()
    mask, kinds = stream.ids["mask"], {"first": 0, "masked": 0}
    used = (weights > 0).nonzero().flatten()
    first = positions[where[used]] % BLOCK == 0
    used = torch.cat((used[first], used[~first][::13]))
    for at, target in zip(where[used].tolist(), targets[used].tolist()):
        document, copy, place = number[at] // GROUPS, number[at] % GROUPS // BLOCKS, positions[at].item()
        clean = tokens[(number // GROUPS == document) & (number % GROUPS < BLOCKS)]
        own = tokens[number == number[at]]                  # the block as the target's copy has it
        assert clean[place] == target and len(own) == BLOCK and not (clean == mask).any() and len(clean) % BLOCK == 0
        assert ((own == mask) | (own == clean[place // BLOCK * BLOCK:][:BLOCK])).all()
        if place % BLOCK:
            assert copy > 0 and tokens[at] == mask
            sequence = torch.cat((clean[:place // BLOCK * BLOCK], own))
        else:
            assert copy == 0
            sequence = clean[:place]
        kinds["masked" if place % BLOCK else "first"] += 1
        torch.testing.assert_close(packed[at - 1], plain(model, sequence)[place - 1], rtol=1e-3, atol=1e-4)
    number = number.view(2, 2048)
    seen = sees(number[:, :, None], number[:, None, :])
    needed = seen.view(2, 16, 128, 16, 128).any(4).any(2)
    count, order = tiles(number // GROUPS, True)
    listed = torch.zeros_like(needed)
    for b, row in ((b, row) for b in range(2) for row in range(16)):
        listed[b, row, order[b, 0, row, :count[b, 0, row]].long()] = True
    assert not (needed & ~listed).any()
    print(f"{kinds} rows agree; {needed.sum()} tiles needed, {listed.sum()} listed of {listed.numel()}")


if __name__ == "__main__":
    main()
