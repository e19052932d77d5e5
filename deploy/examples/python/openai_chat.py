"""Asks an Unmask gateway with OpenAI's own client. See ../README.md."""

import argparse

from openai import OpenAI


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("question")
    arguments.add_argument("--url", default="http://127.0.0.1:7300")
    arguments.add_argument("--model", required=True)
    given = arguments.parse_args()
    client = OpenAI(base_url=f"{given.url}/v1", api_key="unused")
    stream = client.chat.completions.create(
        model=given.model,
        messages=[{"role": "user", "content": given.question}],
        max_tokens=128,
        stream=True,
        stream_options={"include_usage": True},
        extra_body={"unmask": {"spec": {"threshold": {"threshold": 0.9}}}},
    )
    for chunk in stream:
        if chunk.choices:
            print(chunk.choices[0].delta.content or "", end="", flush=True)
        if chunk.usage:
            print(f"\n{chunk.usage.completion_tokens} tokens")


if __name__ == "__main__":
    main()
