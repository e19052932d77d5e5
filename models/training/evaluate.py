"""Accuracy and tokens a step on the held-out splits."""
import argparse
import itertools
import json
import pathlib
import signal
import time

import torch
from tokenizers import Tokenizer

from decode import BlockDecoder, Decoder
from model import Denoiser
from splits import GENERATORS, SEEDS, heldout, record
from tokenizer import render, special_ids

FAMILIES = {"llada": "llada", "Dream": "dream", "Fast_dLLM_Qwen": "block"}


def load(folder, device, dtype=torch.bfloat16):
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    model = Denoiser(FAMILIES[config["model_type"]], config["rope_theta"])
    model.read(folder / "model.safetensors")
    return model.to(device, dtype).eval(), Tokenizer.from_file(str(folder / "tokenizer.json"))


def correct(item, text):
    """Code: the asserts pass. Everything else: the text after the last `####` is the answer."""
    if item["task"] == "code":
        return passes(item["signature"] + text, item["tests"])
    return text.rpartition("####")[2].strip() == item["answer"]


def passes(program, tests):
    def stop(*_):
        raise TimeoutError
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, 1.0)
    try:
        scope = {}
        exec(program, scope)
        for test in tests:
            exec(test, scope)
        return True
    except BaseException:
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def measure(decoder, tokenizer, items, length, batch, **how):
    ids = special_ids(decoder.model.family)
    texts = [render(decoder.model.family, i["messages"]) for i in items]
    prompts = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
    order = sorted(range(len(items)), key=lambda i: len(prompts[i]))
    right, steps, made, content, texts = 0, 0, 0, 0, [""] * len(items)
    start = time.time()
    for a in range(0, len(order), batch):
        part = order[a:a + batch]
        tokens, used, decoded = decoder.generate([prompts[i] for i in part], length, **how)
        steps += used.sum().item()
        made += decoded
        for i, row in zip(part, tokens.tolist()):
            cut = next((n for n, t in enumerate(row) if t in (ids["eos"], ids["end"])), len(row))
            content += cut
            texts[i] = tokenizer.decode(row[:cut], skip_special_tokens=True)
            right += correct(items[i], texts[i])
    n = len(items)
    return {"accuracy": round(100 * right / n, 1), "tokens_per_step": round(made / steps, 2),
            "steps": round(steps / n, 1), "content_tokens": round(content / n, 1),
            "prompt_tokens": round(sum(map(len, prompts)) / n, 1), "seconds": round(time.time() - start, 1)}, texts


def show_wrong(items, texts, most):
    wrong = [(i, t) for i, t in zip(items, texts) if not correct(i, t)]
    for item, text in wrong[:most]:
        user = item["messages"][-1]["content"][-150:]
        print("  WRONG", json.dumps({"user": user, "got": text, "want": item["reference"]}))


def main(args):
    dtype = getattr(torch, args.dtype)
    model, tokenizer = load(args.model, args.device, dtype)
    ids = special_ids(model.family)
    decoder = (BlockDecoder if model.family == "block" else Decoder)(model, ids["mask"], ids["eos"], args.device, dtype)
    results = []
    for split in args.splits:
        for task in args.tasks:
            items = [record(split, n, i) for n, i in enumerate(heldout(split)[task])][:args.limit]
            for length in ((128, 256) if task == "arithmetic" else (128,)):
                for threshold, sub in itertools.product(args.thresholds, args.subs if model.family == "block" else [0]):
                    how = {"sub": sub} if sub else {}
                    numbers, texts = measure(decoder, tokenizer, items, length, args.batch, threshold=threshold, **how)
                    method = "vanilla" if threshold is None else f"threshold {threshold}"
                    results.append({"model": model.family, "split": split, "task": task, "length": length,
                                    "method": method, **how, **numbers})
                    print(json.dumps(results[-1]), flush=True)
                    if args.show:
                        show_wrong(items, texts, args.show)
                    if args.out:
                        pathlib.Path(args.out).write_text("\n".join(map(json.dumps, results)) + "\n")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", required=True)
    p.add_argument("--splits", nargs="+", default=list(SEEDS))
    p.add_argument("--limit", type=int, default=200)
    p.add_argument("--batch", type=int, default=200)
    p.add_argument("--show", type=int, default=0)
    p.add_argument("--out", default="")
    p.add_argument("--device", default="cuda")
    p.add_argument("--tasks", nargs="+", default=list(GENERATORS))
    p.add_argument("--thresholds", nargs="+", default=[None, 0.9], type=lambda t: None if t == "vanilla" else float(t))
    p.add_argument("--subs", nargs="+", type=int, default=[32, 8], help="sub-block lengths (block only)")
    p.add_argument("--dtype", default="bfloat16")
    main(p.parse_args())
