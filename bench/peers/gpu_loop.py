"""A plain PyTorch loop to measure an engine against: one masked-diffusion model, random weights, no custom operators.

    python gpu_loop.py llada-8b --repeats 50            # or dream-7b

Prints one JSON object. Times are milliseconds, medians of CUDA events, unless their name ends in _s:
  step        32 rows a request on 1,024 stored keys, picks included, for 1, 4 and 16 requests of equal shape
  step_graph  the same captured as a CUDA graph and replayed: what is left when the host costs nothing
  products    the matrix products of such a step alone, captured likewise
  full        a forward of all 1,024 rows of a request, picks of 32 rows included
  request_s   a whole request: 1,024 prompt tokens, 256 to generate in blocks of 32, dual cache, one token a step,
              so 8 forwards of 1,280 rows and 248 of 32; the host reads the picks of every step and writes the token

Queries, keys and values are one product, so are gate and up; keys and values go into preallocated tensors.
"""

import argparse
import json
import statistics
import subprocess
import time
from dataclasses import dataclass

import torch
import torch.nn.functional as F

BLOCK, KEYS, PROMPT, GENERATED = 32, 1024, 1024, 256


@dataclass(frozen=True)
class Shape:
    layers: int
    hidden: int
    heads: int
    kv: int
    size: int
    mlp: int
    vocabulary: int
    bias: bool
    theta: float
    epsilon: float


SHAPES = {
    "llada-8b": Shape(32, 4096, 32, 32, 128, 12288, 126464, False, 500000.0, 1e-5),
    "dream-7b": Shape(28, 3584, 28, 4, 128, 18944, 152064, True, 1000000.0, 1e-6),
}


class Model:
    """The weights, and keys and values [layer][2][request][kv][position][size] of up to 16 requests."""

    def __init__(self, shape, requests, positions):
        self.shape = s = shape
        wide = (s.heads + 2 * s.kv) * s.size
        self.qkv = [random(wide, s.hidden) for _ in range(s.layers)]
        self.bias = [random(wide) if s.bias else None for _ in range(s.layers)]
        self.out = [random(s.hidden, s.heads * s.size) for _ in range(s.layers)]
        self.gate_up = [random(2 * s.mlp, s.hidden) for _ in range(s.layers)]
        self.down = [random(s.hidden, s.mlp) for _ in range(s.layers)]
        self.norms = [torch.ones(s.hidden, dtype=torch.bfloat16, device="cuda") for _ in range(2 * s.layers + 1)]
        self.embedding = random(s.vocabulary, s.hidden)
        self.head = random(s.vocabulary, s.hidden)
        self.state = [random(2, requests, s.kv, positions, s.size) for _ in range(s.layers)]
        even = torch.arange(0, s.size, 2, device="cuda") / s.size
        angle = torch.outer(torch.arange(positions, device="cuda"), s.theta**-even)
        angle = torch.cat([angle, angle], 1)
        self.cosine, self.sine = angle.cos().to(torch.bfloat16), angle.sin().to(torch.bfloat16)

    def forward(self, tokens, first, keys):
        """Rows [first, first + R) of each request, tokens [B][R], attending to its first `keys` positions."""
        s = self.shape
        requests, rows = tokens.shape
        hidden = F.embedding(tokens, self.embedding)
        cosine, sine = self.cosine[first : first + rows], self.sine[first : first + rows]
        for layer in range(s.layers):
            x = self.norm(hidden, 2 * layer)
            parts = F.linear(x, self.qkv[layer], self.bias[layer]).view(requests, rows, -1, s.size).transpose(1, 2)
            turned = rotate(parts[:, : s.heads + s.kv], cosine, sine)
            stored = self.state[layer][:, :requests]
            stored[0, :, :, first : first + rows] = turned[:, s.heads :]
            stored[1, :, :, first : first + rows] = parts[:, s.heads + s.kv :]
            query, key, value = turned[:, : s.heads], stored[0, :, :, :keys], stored[1, :, :, :keys]
            seen = F.scaled_dot_product_attention(query, key, value, enable_gqa=s.kv != s.heads)
            hidden = hidden + F.linear(seen.transpose(1, 2).reshape(requests, rows, -1), self.out[layer])
            gate, up = F.linear(self.norm(hidden, 2 * layer + 1), self.gate_up[layer]).chunk(2, -1)
            hidden = hidden + F.linear(F.silu(gate) * up, self.down[layer])
        return hidden

    def pick(self, hidden):
        """Best token and its probability for every row."""
        logits = F.linear(self.norm(hidden, 2 * self.shape.layers), self.head)
        return torch.softmax(logits.float(), -1).max(-1)

    def norm(self, hidden, which):
        return F.rms_norm(hidden, (self.shape.hidden,), self.norms[which], self.shape.epsilon)

    def step(self, tokens, first, keys):
        return self.pick(self.forward(tokens, first, keys))

    def inputs(self, rows):
        s = self.shape
        return [random(rows, width) for width in (s.hidden, s.heads * s.size, s.mlp)]

    def products(self, inputs, scored):
        for layer in range(self.shape.layers):
            F.linear(inputs[0], self.qkv[layer], self.bias[layer])
            F.linear(inputs[1], self.out[layer])
            F.linear(inputs[0], self.gate_up[layer])
            F.linear(inputs[2], self.down[layer])
        return F.linear(inputs[0][:scored], self.head)


def random(*sizes):
    return torch.empty(sizes, dtype=torch.bfloat16, device="cuda").normal_(0, 0.02)


def rotate(x, cosine, sine):
    low, high = x.chunk(2, -1)
    return x * cosine + torch.cat([-high, low], -1) * sine


def median_ms(call, repeats):
    times = []
    for _ in range(3 + repeats):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        call()
        end.record()
        end.synchronize()
        times.append(start.elapsed_time(end))
    return round(statistics.median(times[3:]), 3)  # the first ones warm up


def graphed(call):
    side = torch.cuda.Stream()
    with torch.cuda.stream(side):
        call()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        call()
    return graph.replay


def whole_request(model):
    """Seconds from the first forward to the last token; the host decides every commit."""
    positions = PROMPT + GENERATED
    canvas = torch.randint(0, model.shape.vocabulary, (1, positions), device="cuda")
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for start in range(PROMPT, positions, BLOCK):
        open_rows = set(range(BLOCK))
        hidden = model.forward(canvas, 0, positions)[:, start : start + BLOCK]
        while open_rows:
            share, token = model.pick(hidden)
            share, token = share[0].tolist(), token[0].tolist()
            chosen = max(open_rows, key=share.__getitem__)
            open_rows.remove(chosen)
            canvas[0, start + chosen] = token[chosen]
            if open_rows:
                hidden = model.forward(canvas[:, start : start + BLOCK], start, positions)
    torch.cuda.synchronize()
    return round(time.perf_counter() - begin, 3)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("shape", choices=SHAPES)
    arguments.add_argument("--repeats", type=int, default=30)
    options = arguments.parse_args()
    torch.manual_seed(0)
    shape = SHAPES[options.shape]
    report = {"shape": options.shape, "torch": torch.__version__, "cuda": torch.version.cuda}
    query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    report["gpu"] = torch.cuda.get_device_name()
    report["driver"] = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split("\n")[0]
    with torch.inference_mode():
        model = Model(shape, 16, PROMPT + GENERATED)
        report |= {"step": {}, "step_graph": {}, "products": {}}
        for requests in (1, 4, 16):
            tokens = torch.randint(0, shape.vocabulary, (requests, BLOCK), device="cuda")
            inputs = model.inputs(requests * BLOCK)
            step = lambda: model.step(tokens, KEYS - 2 * BLOCK, KEYS)
            report["step"][requests] = median_ms(step, options.repeats)
            report["step_graph"][requests] = median_ms(graphed(step), options.repeats)
            products = graphed(lambda: model.products(inputs, requests * BLOCK))
            report["products"][requests] = median_ms(products, options.repeats)
        tokens = torch.randint(0, shape.vocabulary, (1, KEYS), device="cuda")
        full = lambda: model.pick(model.forward(tokens, 0, KEYS)[:, :BLOCK])
        report["full"] = median_ms(full, options.repeats)
        inputs = model.inputs(KEYS)
        report["products"]["full"] = median_ms(graphed(lambda: model.products(inputs, BLOCK)), options.repeats)
        whole_request(model)
        report["request_s"] = whole_request(model)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
