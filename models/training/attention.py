"""Packed attention: a position sees its own document only."""
import torch


def attention(device):
    """Returns (attend, what turns the document numbers into its mask): dense on the CPU, flex attention on CUDA."""
    if device != "cuda":
        def dense(q, k, v, number):
            same = (number[:, :, None] == number[:, None, :])[:, None]
            return torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=same)
        return dense, lambda number: number
    from torch.nn.attention.flex_attention import BlockMask, flex_attention

    def blocks(number):
        """The numbers rise along a row, so two tiles of 128 can see each other iff their ranges meet."""
        def same(b, h, i, j):
            return number[b, i] == number[b, j]
        tiles = number.view(number.shape[0], 1, -1, 128)
        low, high = tiles.amin(-1), tiles.amax(-1)
        meet = (low[..., :, None] <= high[..., None, :]) & (low[..., None, :] <= high[..., :, None])
        order = meet.int().argsort(dim=-1, descending=True, stable=True).int()
        count = meet.sum(-1, dtype=torch.int32)
        return BlockMask.from_kv_blocks(count, order.contiguous(), BLOCK_SIZE=128, mask_mod=same)

    def flex(q, k, v, mask):
        return flex_attention(q, k, v, block_mask=mask)
    return flex, blocks
