"""Trains the byte-level BPE once and writes it in Hugging Face form for every family."""
import argparse
import json
import pathlib
import random

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from splits import GENERATORS

VOCAB, SPECIALS = 2048, 16
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
           r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")

FAMILIES = {
    "llada": {
        "specials": ["<|startoftext|>", "<|endoftext|>", "<|start_header_id|>", "<|end_header_id|>",
                     "<|eot_id|>", "<|mdm_mask|>"],
        "bos": "<|startoftext|>", "eos": "<|endoftext|>", "end": "<|eot_id|>", "mask": "<|mdm_mask|>",
        "template": "{% for message in messages %}{% if loop.first %}{{ bos_token }}{% endif %}"
                    "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' "
                    "+ message['content'] | trim + '<|eot_id|>' }}{% endfor %}"
                    "{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}"
                    "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}",
    },
    "dream": {
        "specials": ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|beginoftext|>", "<|mask|>"],
        "bos": "<|beginoftext|>", "eos": "<|endoftext|>", "end": "<|im_end|>", "mask": "<|mask|>",
        "template": "{% if messages[0]['role'] != 'system' %}"
                    "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
                    "{% for message in messages %}"
                    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}"
                    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
    },
}
FAMILIES["block"] = FAMILIES["dream"]


def render(family, messages):
    """The same text that the chat template gives with add_generation_prompt."""
    if family == "llada":
        head = "<|start_header_id|>{}<|end_header_id|>\n\n".format
        turns = [head(m["role"]) + m["content"].strip() + "<|eot_id|>" for m in messages]
        return "<|startoftext|>" + "".join(turns) + head("assistant")
    if messages[0]["role"] != "system":
        messages = [{"role": "system", "content": "You are a helpful assistant."}] + messages
    return "".join(f"<|im_start|>{m['role']}\n{m['content']}<|im_end|>\n" for m in messages) + "<|im_start|>assistant\n"


def special_ids(family):
    spec = FAMILIES[family]
    ids = {t: VOCAB - SPECIALS + i for i, t in enumerate(spec["specials"])}
    return {k: ids[spec[k]] for k in ("bos", "eos", "end", "mask")}


def corpus(count=4000):
    rng = random.Random("tokenizer")
    for _ in range(count):
        for generate in GENERATORS.values():
            item = generate(rng)
            yield item.user if rng.random() < 0.3 else item.key
            yield item.response
        yield "system user assistant"
        yield "user"
        yield "assistant"
        yield "system"


def train_bpe(extra_text):
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    bpe.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(vocab_size=VOCAB - SPECIALS, initial_alphabet=alphabet, special_tokens=[],
                                  show_progress=False)
    bpe.train_from_iterator([*corpus(), *extra_text], trainer)
    assert bpe.get_vocab_size() == VOCAB - SPECIALS, bpe.get_vocab_size()
    return bpe


def write(family, bpe, folder):
    spec = FAMILIES[family]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_str(bpe.to_str())
    names = spec["specials"] + [f"<|reserved_{i}|>" for i in range(SPECIALS - len(spec["specials"]))]
    tokenizer.add_special_tokens([AddedToken(n, normalized=False, special=True) for n in names])
    tokenizer.save(str(folder / "tokenizer.json"))
    added = {str(tokenizer.token_to_id(n)): {"content": n, "lstrip": False, "normalized": False, "rstrip": False,
                                             "single_word": False, "special": True} for n in names}
    qwen = family == "block"            # Qwen2.5 has no first token and ends at the end of a turn
    config = {"add_bos_token": False, "add_prefix_space": False, "added_tokens_decoder": added,
              "bos_token": None if qwen else spec["bos"], "chat_template": spec["template"],
              "clean_up_tokenization_spaces": False, "eos_token": spec["end" if qwen else "eos"],
              "pad_token": spec["eos"], "mask_token": spec["mask"], "model_max_length": 2048,
              "tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
    ids = special_ids(family)
    assert all(tokenizer.token_to_id(spec[k]) == ids[k] for k in ids)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extra", nargs="*", default=[],
                        help="more text files, to fill the vocabulary with common English")
    parser.add_argument("--out", default=".", help="folder that holds unmask-mini-llada and the others")
    args = parser.parse_args()
    trained = train_bpe([pathlib.Path(p).read_text(errors="ignore") for p in args.extra])
    for name in FAMILIES:
        write(name, trained, pathlib.Path(args.out) / f"unmask-mini-{name}")
