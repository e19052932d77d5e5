"""A plain PyTorch loop to measure Unmask against on a CPU: float32, eager, one request, no server.

Dual cache, one token a step, temperature 0: a block's first forward computes the whole canvas, later ones the block's
rows against the stored keys and values of everything else; of the block's masks, the one whose best token is the most
probable becomes that token. Forwards, rows and scored rows are those of
  --tokens-per-step 1 --cache dual --block 32 --decode-all
so tokens can be compared one by one. No part of the product, its build or its tests; needs torch and safetensors.

  python cpu_loop.py models/unmask-mini-llada --prompt ids.json --length 128    # or the ids on standard input
"""
import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

# As Unmask's launcher sets it: threads that wait by spinning starve each other on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

# How far left of a position its prediction stands; names of tensors.
FAMILIES = {
    "llada": (0, "model.transformer.blocks.{}.",
              dict(bias=False, norm="attn_norm.weight", qkv=["q_proj", "k_proj", "v_proj"], out="attn_out.weight",
                   mlp_norm="ff_norm.weight", gate_up=["ff_proj.weight", "up_proj.weight"], down="ff_out.weight"),
              ["model.transformer." + part + ".weight" for part in ("wte", "ln_f", "ff_out")]),
    "dream": (1, "model.layers.{}.",
              dict(bias=True, norm="input_layernorm.weight", out="self_attn.o_proj.weight",
                   qkv=["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
                   mlp_norm="post_attention_layernorm.weight",
                   gate_up=["mlp.gate_proj.weight", "mlp.up_proj.weight"], down="mlp.down_proj.weight"),
              ["model.embed_tokens.weight", "model.norm.weight", "lm_head.weight"]),
}


def read(folder):
    """All tensors of a checkpoint folder by name, in float32."""
    tensors = {}
    for path in sorted(Path(folder).glob("*.safetensors")):
        tensors.update((name, tensor.float()) for name, tensor in load_file(path).items())
    return tensors


class Model:
    def __init__(self, folder):
        config, tensors = json.loads((Path(folder) / "config.json").read_text()), read(folder)
        self.shift, prefix, names, ends = FAMILIES[config["model_type"].lower()]
        either = lambda *keys: next(config[key] for key in keys if config.get(key) is not None)
        self.heads = either("n_heads", "num_attention_heads")
        self.kv_heads = either("n_kv_heads", "num_key_value_heads", "n_heads")
        self.width = either("d_model", "hidden_size")
        self.size = self.width // self.heads
        self.theta, self.eps, self.mask = config["rope_theta"], config["rms_norm_eps"], config["mask_token_id"]
        self.embedding, self.norm, self.head = (tensors[name] for name in ends)
        self.layers = []
        for i in range(either("n_layers", "num_hidden_layers")):
            part = {name[len(prefix.format(i)):]: t for name, t in tensors.items() if name.startswith(prefix.format(i))}
            # One below the other, so that one product serves them all.
            qkv = torch.cat([part[name + ".weight"] for name in names["qkv"]])
            bias = torch.cat([part[name + ".bias"] for name in names["qkv"]]) if names["bias"] else None
            gate_up = torch.cat([part[name] for name in names["gate_up"]])
            self.layers.append((part[names["norm"]], qkv, bias, part[names["out"]], part[names["mlp_norm"]], gate_up,
                                part[names["down"]]))

    def open(self, positions):
        """Memory for the keys and values of a canvas, and rotary tables as long as it."""
        state = [torch.empty(2, 1, self.kv_heads, positions, self.size) for _ in self.layers]
        inverse = self.theta ** (-torch.arange(0, self.size, 2).float() / self.size)
        angle = torch.outer(torch.arange(positions).float(), inverse).repeat(1, 2)
        return state, angle.cos(), angle.sin()

    def forward(self, tokens, first, end, memory):
        """Hidden states of rows first to end - 1; their keys and values replace those in memory."""
        state, cos, sin = memory
        cos, sin, rows = cos[first:end], sin[first:end], end - first
        half, counts = self.size // 2, [self.heads, self.kv_heads, self.kv_heads]
        rotate = lambda v: v * cos + torch.cat((-v[..., half:], v[..., :half]), -1) * sin
        x = F.embedding(tokens[first:end], self.embedding)
        for (norm, qkv, bias, out, mlp_norm, gate_up, down), (keys, values) in zip(self.layers, state):
            mixed = F.linear(F.rms_norm(x, (self.width,), norm, self.eps), qkv, bias)
            query, key, value = mixed.view(1, rows, -1, self.size).transpose(1, 2).split(counts, 1)
            keys[:, :, first:end] = rotate(key)
            values[:, :, first:end] = value
            # Heads that share a key head are rows of it: attention has no mask, so nothing tells rows apart.
            query = rotate(query).reshape(1, self.kv_heads, -1, self.size)
            attended = F.scaled_dot_product_attention(query, keys, values)
            attended = attended.reshape(self.heads, rows, self.size).transpose(0, 1).reshape(rows, self.width)
            x = x + F.linear(attended, out)
            gate, up = F.linear(F.rms_norm(x, (self.width,), mlp_norm, self.eps), gate_up).chunk(2, -1)
            x = x + F.linear(F.silu(gate).mul_(up), down)
        return x

    def predict(self, hidden):
        """Best token of each row that is not the mask, and its probability."""
        logits = F.linear(F.rms_norm(hidden, (self.width,), self.norm, self.eps), self.head)
        share = logits.softmax(-1)
        logits[:, self.mask] = -torch.inf
        token = logits.argmax(-1, keepdim=True)
        return token[:, 0], share.gather(1, token)[:, 0]


@torch.inference_mode()
def generate(model, prompt, length, block):
    """Tokens of the generated positions, and how many forwards they took."""
    start, end, forwards = len(prompt), len(prompt) + length, 0
    tokens = torch.tensor(prompt + [model.mask] * length)
    memory = model.open(end)
    for left in range(start, end, block):
        right, rows = min(left + block, end), (0, end)
        masks = torch.arange(left, right)
        while len(masks):
            hidden, forwards = model.forward(tokens, *rows, memory), forwards + 1
            token, probability = model.predict(hidden[masks - model.shift - rows[0]])
            best = int(probability.argmax())
            tokens[masks[best]] = token[best]
            masks = torch.cat((masks[:best], masks[best + 1:]))
            rows = (left - model.shift, right)
    return tokens[start:].tolist(), forwards


def main():
    parser = argparse.ArgumentParser(description="A plain PyTorch loop on a CPU; prints one JSON object.")
    parser.add_argument("checkpoint", help="folder of LLaDA or Dream, as published")
    parser.add_argument("--prompt", help="file with a JSON list of token ids (default: standard input)")
    parser.add_argument("--length", type=int, default=128, help="tokens to generate (default: 128)")
    parser.add_argument("--block", type=int, default=32, help="tokens a block (default: 32)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="default: torch's own choice")
    parser.add_argument("--repeats", type=int, default=5, help="timed runs, after one that is not (default: 5)")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    prompt = json.loads(Path(options.prompt).read_text() if options.prompt else sys.stdin.read())
    model, runs = Model(options.checkpoint), []
    for _ in range(options.repeats + 1):
        begun = time.perf_counter()
        tokens, forwards = generate(model, prompt, options.length, options.block)
        runs.append(time.perf_counter() - begun)
    seconds = statistics.median(runs[1:])
    print(json.dumps({"tokens_per_second": len(tokens) / seconds, "seconds": seconds, "runs": runs[1:],
                      "forwards": forwards, "tokens": tokens, "prompt_tokens": len(prompt), "block": options.block,
                      "threads": options.threads, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
