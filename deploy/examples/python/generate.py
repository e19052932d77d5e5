"""Streams one generation from an Unmask gateway. See ../README.md for how to make the stubs."""

import argparse
import pathlib
import sys

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parent / "stubs"))

from unmask.generation.v1 import generation_pb2, generation_pb2_grpc  # noqa: E402
from unmask.type.v1 import decoding_pb2, events_pb2  # noqa: E402

LONGEST_SECONDS = 600


def request(question, model):
    """One question as a conversation of one turn, decoded with the defaults made explicit."""
    turn = events_pb2.Message(role="user", content=question)
    return generation_pb2.GenerateRequest(
        model=model,
        prompt=events_pb2.Prompt(conversation=events_pb2.Conversation(messages=[turn])),
        spec=decoding_pb2.DecodingSpec(
            generation_length=128,
            block_length=32,
            threshold=decoding_pb2.Threshold(threshold=0.9),
            dual_cache=decoding_pb2.DualCache(),
        ),
    )


def stream(target, message):
    """Prints final text as it comes and returns the last event's usage."""
    with grpc.insecure_channel(target) as channel:
        service = generation_pb2_grpc.GenerationServiceStub(channel)
        for event in service.Generate(message, timeout=LONGEST_SECONDS):
            kind = event.WhichOneof("event")
            if kind == "committed":
                print(event.committed.text, end="", flush=True)
            elif kind == "closed":
                print()
                return event.closed.usage
    raise RuntimeError("the stream ended without Closed")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("question")
    arguments.add_argument("--target", default="127.0.0.1:7301")
    arguments.add_argument("--model", default="", help="default: the only one")
    given = arguments.parse_args()
    try:
        usage = stream(given.target, request(given.question, given.model))
    except grpc.RpcError as failure:
        sys.exit(f"{failure.code().name}: {failure.details()}")
    print(
        f"{usage.completion_tokens} tokens in {usage.steps} steps,"
        f" {usage.tokens_per_step:.2f} tokens a step",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
