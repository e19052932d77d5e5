"""Packed attention: a position sees its own document only, or of it what block-causal training lets it see."""
import torch

import blocks


def same(a, b):
    return a == b


def attention(device, family):
    """Returns (attend, what turns the tokens' numbers into its mask): dense on the CPU, flex attention on CUDA."""
    sees, group = (blocks.sees, blocks.GROUPS) if family == "block" else (same, 1)
    if device != "cuda":
        def dense(q, k, v, number):
            seen = sees(number[:, :, None], number[:, None, :])[:, None]
            return torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=seen)
        return dense, lambda number: number
    from torch.nn.attention.flex_attention import BlockMask, flex_attention

    def mask(number):
        def seen(b, h, i, j):
            return sees(number[b, i], number[b, j])
        return BlockMask.from_kv_blocks(*tiles(number // group, family == "block"), BLOCK_SIZE=128, mask_mod=seen)

    def flex(q, k, v, mask):
        return flex_attention(q, k, v, block_mask=mask)
    return flex, mask


def tiles(document, causal):
    """Documents rise along a row, so two tiles of 128 can see each other iff their ranges meet; block-causal training
    sees no later tile, as its blocks of 32 lie within tiles. Returns (how many, their order) by row of tiles."""
    tiled = document.view(document.shape[0], 1, -1, 128)
    low, high = tiled.amin(-1), tiled.amax(-1)
    meet = (low[..., :, None] <= high[..., None, :]) & (low[..., None, :] <= high[..., :, None])
    if causal:
        meet = meet.tril()
    order = meet.int().argsort(dim=-1, descending=True, stable=True).int()
    return meet.sum(-1, dtype=torch.int32), order.contiguous()
