"""Trains one family against the clock: the learning rate falls to zero at the end of `--seconds`."""
import argparse
import pathlib
import time

import torch

import data
import export
from attention import attention
from blocks import BlockStream
from model import Denoiser, masked_loss
from optimizer import Optimizer
from parallel import Team


def schedule(done, warm, hold=0.45):
    """Warm up, hold, then fall linearly to zero; `done` is the share of the budget spent."""
    return min(1.0, warm) * min(1.0, max(0.0, (1 - done) / (1 - hold)))


def main(args):
    torch.manual_seed(args.seed)
    torch.set_float32_matmul_precision("high")
    device, team = args.device, Team(args.device)
    stream = (BlockStream if args.family == "block" else data.Stream)(
        args.family, str(pathlib.Path(args.tokenizer) / "tokenizer.json"), args.seed + 1000 * team.rank, args.rows,
        targets=args.targets, lookup_share=args.lookup, many=args.many, entries=args.entries)
    loader = iter(torch.utils.data.DataLoader(stream, batch_size=None, num_workers=args.workers,
                                              pin_memory=device == "cuda", prefetch_factor=8 if args.workers else None))
    model = Denoiser(args.family, args.theta)
    if args.start:
        model.read(args.start)
    model = model.to(device)
    say = print if team.rank == 0 else lambda *_, **__: None
    say(f"{args.family}: {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    attend, prepare = attention(device, args.family)
    if device == "cuda":
        for layer in model.layers:
            layer.compile()
    optimizer = Optimizer(model, args.rate)
    average = [p.detach().clone() for _, p in model.hf_names()]
    live = [p for _, p in model.hf_names()]
    rope = model.rope(data.LENGTH, device)
    start = first = team.now()
    begin, step, seen, saved, waited = None, 0, 0, 0, 0.0
    while True:
        now = team.now()
        spent = now - start
        if spent > args.seconds or step == args.steps:
            break
        batch = [x.to(device, non_blocking=True) for x in next(loader)]
        tokens, number, where, targets, weights, *positions = batch
        waited += time.time() - now
        turns = [table[positions[0]][:, None] for table in rope] if positions else rope
        hidden = model.hidden(tokens, turns, attend, prepare(number))
        loss, hit = masked_loss(hidden, model.norm, model.head, model.shape["eps"], where, targets, weights, model.shift)
        (loss / args.targets).backward()
        team.average(optimizer.all)
        optimizer.step(schedule((now - first) / (args.seconds - first + start), (step + 1) / 100, args.hold))
        decay = min(0.995, step / (step + 50))
        torch._foreach_lerp_(average, live, 1 - decay)
        step += 1
        if step == 2:
            torch.cuda.synchronize() if device == "cuda" else None
            first = team.now()
        seen += tokens.numel()
        if step == 20:
            torch.cuda.synchronize() if device == "cuda" else None
            begin, seen, waited = time.time(), 0, 0.0
            say(f"first 20 steps {begin - start:.1f} s", flush=True)
        if step % args.every == 0 and team.rank == 0:
            right = (hit * (weights >= 1)).sum() / (weights >= 1).sum()
            rate = seen / max(1e-9, time.time() - (begin or start)) / 1e6
            print(f"{args.family} step {step} {spent:.0f} s loss {loss.item() / weights.sum().item():.4f} "
                  f"right {right.item():.4f} filled {(weights > 0).float().mean().item():.2f} tokens/s {rate:.2f} M "
                  f"waited {waited:.0f} s", flush=True)
        if args.out and spent - saved > 120 and team.rank == 0:
            export.save(model, args.out, average)
            saved = spent
    if args.out and team.rank == 0:
        export.save(model, args.out, average)
    say(f"{args.family}: {step} steps, {time.time() - start:.0f} s", flush=True)
    team.leave()


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--family", choices=("llada", "dream", "block"), required=True)
    p.add_argument("--tokenizer", required=True, help="folder with tokenizer.json")
    p.add_argument("--out", default="")
    p.add_argument("--start", default="", help="model.safetensors of an earlier run to go on from")
    p.add_argument("--hold", type=float, default=0.3, help="share of the time before the rate falls")
    p.add_argument("--seconds", type=float, default=450)
    p.add_argument("--theta", type=float, default=None, help="RoPE base; default: the family's in model.py")
    p.add_argument("--lookup", type=float, default=0.3, help="share of lookup among the examples")
    p.add_argument("--entries", type=int, default=70, help="most entries of a lookup document")
    p.add_argument("--many", type=float, default=0.0,
                   help="share of lookup examples that ask for many entries at once (training only)")
    p.add_argument("--steps", type=int, default=-1)
    p.add_argument("--rate", type=float, default=0.012)
    p.add_argument("--rows", type=int, default=data.ROWS)
    p.add_argument("--targets", type=int, default=data.TARGETS, help="most predictions of a batch")
    p.add_argument("--workers", type=int, default=14)
    p.add_argument("--every", type=int, default=200)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--device", default="cuda")
    main(p.parse_args())
