"""Muon for the layers' matrices (stacked by shape), Adam for embeddings, head, norms and biases."""
import torch


NEWTON_SCHULZ = ((4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037),
                 (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012))


def orthogonal(g):
    """Five Newton-Schulz steps toward the nearest orthogonal matrix, for a stack of matrices."""
    x = g.bfloat16()
    tall = x.shape[-2] > x.shape[-1]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for a, b, c in NEWTON_SCHULZ:
        s = x @ x.mT
        x = a * x + (b * s + c * s @ s) @ x
    return x.mT if tall else x


def muon_update(weights, grads, moment, rate, decay):
    g = torch.stack(grads)
    moment.lerp_(g, 0.05)
    g = g.lerp(moment, 0.95)
    update = orthogonal(g).float() * rate * max(1.0, g.shape[-2] / g.shape[-1]) ** 0.5
    torch._foreach_mul_(weights, 1 - decay)
    torch._foreach_sub_(weights, list(update.unbind()))


class Optimizer:
    def __init__(self, model, rate, adam_rate=0.003, decay=0.02):
        self.rate, self.adam_rate, self.decay = rate, adam_rate, decay
        layers = dict(model.layers.named_parameters())
        shapes = {}
        for p in layers.values():
            if p.ndim == 2:
                shapes.setdefault(tuple(p.shape), []).append(p)
        self.stacks = [(ps, torch.zeros(len(ps), *shape, device=ps[0].device)) for shape, ps in shapes.items()]
        rest = [model.embed, model.head, *(p for p in layers.values() if p.ndim == 1), model.norm]
        self.adam = torch.optim.AdamW(rest, lr=adam_rate, betas=(0.9, 0.95), weight_decay=0.0,
                                      fused=model.embed.device.type == "cuda")
        self.all = list(model.parameters())

    @torch.no_grad()
    def step(self, factor):
        for params, moment in self.stacks:
            rate = self.rate * factor
            muon_update(params, [p.grad for p in params], moment, rate, rate * self.decay)
        for group in self.adam.param_groups:
            group["lr"] = self.adam_rate * factor
        self.adam.step()
        for p in self.all:
            p.grad = None
