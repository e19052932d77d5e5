"""LLaDA, Dream and Fast-dLLM v2 in one module; weights fp32, arithmetic bf16 with the originals' rounding points."""
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn

SHAPES = {
    "llada": dict(d=256, layers=8, heads=8, kv=8, ffn=704, bias=False, eps=1e-5, theta=10000.0),
    "dream": dict(d=256, layers=8, heads=8, kv=2, ffn=832, bias=True, eps=1e-6, theta=10000.0),
}
SHAPES["block"] = dict(SHAPES["dream"], theta=500000.0)
VOCAB = 2048
LAYER_NAMES = {
    "llada": {"attn_norm": "attn_norm.weight", "ff_norm": "ff_norm.weight", "q": "q_proj.weight", "k": "k_proj.weight",
              "v": "v_proj.weight", "o": "attn_out.weight",
              "gate": "ff_proj.weight", "up": "up_proj.weight", "down": "ff_out.weight"},
    "dream": {"attn_norm": "input_layernorm.weight", "ff_norm": "post_attention_layernorm.weight",
              "q": "self_attn.q_proj.weight", "k": "self_attn.k_proj.weight",
              "v": "self_attn.v_proj.weight", "o": "self_attn.o_proj.weight",
              "gate": "mlp.gate_proj.weight", "up": "mlp.up_proj.weight", "down": "mlp.down_proj.weight",
              "qb": "self_attn.q_proj.bias", "kb": "self_attn.k_proj.bias", "vb": "self_attn.v_proj.bias"},
}
TOP_NAMES = {
    "llada": {"embed": "model.transformer.wte.weight", "norm": "model.transformer.ln_f.weight",
              "head": "model.transformer.ff_out.weight"},
    "dream": {"embed": "model.embed_tokens.weight", "norm": "model.norm.weight", "head": "lm_head.weight"},
}
LAYER_PREFIX = {"llada": "model.transformer.blocks.{}.", "dream": "model.layers.{}."}
for names in (LAYER_NAMES, TOP_NAMES, LAYER_PREFIX):        # both are Qwen2.5's layout
    names["block"] = names["dream"]


def rms(x, weight, eps):
    h = x.float()
    h = h * torch.rsqrt(h.pow(2).mean(-1, keepdim=True) + eps)
    return h.to(x.dtype) * weight.to(x.dtype)


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return (x.to(cos.dtype) * cos + torch.cat((-b, a), -1).to(cos.dtype) * sin).to(x.dtype)


def rope_table(length, dim, theta, device, dtype=torch.float32):
    inverse = theta ** (-torch.arange(0, dim, 2, device=device, dtype=torch.float32) / dim)
    angle = torch.outer(torch.arange(length, device=device, dtype=torch.float32), inverse)
    angle = torch.cat((angle, angle), -1)
    return angle.cos().to(dtype), angle.sin().to(dtype)


class Layer(nn.Module):
    def __init__(self, s):
        super().__init__()
        d, hd = s["d"], s["d"] // s["heads"]
        self.heads, self.kv, self.hd, self.eps = s["heads"], s["kv"], hd, s["eps"]
        make = lambda o, i, std=0.02: nn.Parameter(torch.randn(o, i) * std)
        self.attn_norm, self.ff_norm = nn.Parameter(torch.ones(d)), nn.Parameter(torch.ones(d))
        self.q, self.k, self.v = make(d, d, 0.05), make(s["kv"] * hd, d, 0.05), make(s["kv"] * hd, d, 0.05)
        self.o = make(d, d, 0.02)
        self.gate, self.up, self.down = make(s["ffn"], d, 0.05), make(s["ffn"], d, 0.05), make(d, s["ffn"], 0.02)
        if s["bias"]:
            self.qb, self.kb, self.vb = (nn.Parameter(torch.zeros(n)) for n in (d, s["kv"] * hd, s["kv"] * hd))
        else:
            self.qb = self.kb = self.vb = None

    def forward(self, x, cos, sin, attend, info):
        n, dt = rms(x, self.attn_norm, self.eps), x.dtype
        b, t, _ = x.shape
        lin = lambda h, w, bias=None: F.linear(h, w.to(dt), None if bias is None else bias.to(dt))
        split = lambda h, heads: h.view(b, t, heads, self.hd).transpose(1, 2)
        q = rotate(split(lin(n, self.q, self.qb), self.heads), cos, sin)
        k = rotate(split(lin(n, self.k, self.kb), self.kv), cos, sin)
        v = split(lin(n, self.v, self.vb), self.kv)
        if self.kv != self.heads:
            k, v = (h.repeat_interleave(self.heads // self.kv, 1) for h in (k, v))
        x = x + lin(attend(q, k, v, info).transpose(1, 2).reshape(b, t, -1), self.o)
        n = rms(x, self.ff_norm, self.eps)
        return x + lin(F.silu(lin(n, self.gate)) * lin(n, self.up), self.down)


class Denoiser(nn.Module):
    def __init__(self, family, theta=None):
        super().__init__()
        s = dict(SHAPES[family], **({"theta": theta} if theta else {}))
        self.family, self.shape = family, s
        self.shift = 0 if family == "llada" else 1          # Dream's and Qwen's row i - 1 predicts position i
        self.embed = nn.Parameter(torch.randn(VOCAB, s["d"]) * 0.5)
        self.layers = nn.ModuleList(Layer(s) for _ in range(s["layers"]))
        self.norm = nn.Parameter(torch.ones(s["d"]))
        self.head = nn.Parameter(torch.randn(VOCAB, s["d"]) * 0.02)

    def read(self, file):
        """Takes the weights of a model.safetensors; returns itself."""
        saved = load_file(str(file))
        with torch.no_grad():
            for name, p in self.hf_names():
                p.copy_(saved[name])
        return self

    def rope(self, length, device, dtype=torch.float32):
        return rope_table(length, self.shape["d"] // self.shape["heads"], self.shape["theta"], device, dtype)

    def hidden(self, tokens, rope, attend, info, dtype=torch.bfloat16):
        x = F.embedding(tokens, self.embed).to(dtype)
        for layer in self.layers:
            x = layer(x, *rope, attend, info)
        return x

    def logits(self, hidden):
        return F.linear(rms(hidden, self.norm, self.shape["eps"]), self.head.to(hidden.dtype))

    def hf_names(self):
        """Pairs (Hugging Face tensor name, parameter)."""
        for ours, theirs in TOP_NAMES[self.family].items():
            yield theirs, getattr(self, ours)
        for i, layer in enumerate(self.layers):
            for ours, theirs in LAYER_NAMES[self.family].items():
                yield LAYER_PREFIX[self.family].format(i) + theirs, getattr(layer, ours)


def masked_loss(hidden, norm, head, eps, where, targets, weights, shift):
    """Weighted cross-entropy at flat positions; row i - shift predicts position i."""
    rows = hidden.flatten(0, 1).index_select(0, where - shift)
    logits = F.linear(rms(rows, norm, eps), head.to(rows.dtype)).float()
    losses = F.cross_entropy(logits, targets, reduction="none")
    return (losses * weights).sum(), (logits.detach().argmax(-1) == targets).float()
