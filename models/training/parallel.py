"""Data parallelism over the GPUs of one machine, as torchrun starts it; a plain start is a team of one."""
import os
import time

import torch
import torch.distributed as dist


class Team:
    def __init__(self, device):
        self.rank, self.size = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        if self.size > 1:
            if device == "cuda":
                torch.cuda.set_device(self.rank)
            dist.init_process_group("cpu:gloo,cuda:nccl" if device == "cuda" else "gloo")

    def now(self):
        """The first process's clock, so that all take the same number of steps at the same rates."""
        now = torch.tensor(time.time(), dtype=torch.float64)
        if self.size > 1:
            dist.broadcast(now, 0)
        return now.item()

    def average(self, params):
        """Replaces every gradient by its mean over the processes."""
        if self.size == 1:
            return
        grads = [p.grad for p in params]
        flat = torch.cat([g.flatten() for g in grads])
        dist.all_reduce(flat)
        parts = (flat / self.size).split([g.numel() for g in grads])
        torch._foreach_copy_(grads, [part.view_as(g) for part, g in zip(parts, grads)])

    def leave(self):
        if self.size > 1:
            dist.destroy_process_group()
