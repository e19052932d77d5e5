"""Writes a checkpoint with the originals' file layout, tensor names and config fields."""
import json
import pathlib

import torch
from safetensors.torch import save_file

from model import VOCAB
from tokenizer import special_ids


def llada_config(s, ids):
    return {
        "architectures": ["LLaDAModelLM"], "model_type": "llada", "activation_type": "silu", "alibi": False,
        "alibi_bias_max": 8.0, "attention_dropout": 0.0, "attention_layer_norm": False,
        "attention_layer_norm_with_affine": True, "bias_for_layer_norm": False, "block_group_size": 1,
        "block_type": "llama", "d_model": s["d"], "embedding_dropout": 0.0,
        "embedding_size": VOCAB, "eos_token_id": ids["eos"], "flash_attention": False, "include_bias": False,
        "include_qkv_bias": False, "init_device": "meta", "input_emb_norm": False, "layer_norm_type": "rms",
        "layer_norm_with_affine": True, "mask_token_id": ids["mask"], "max_sequence_length": 2048,
        "mlp_hidden_size": s["ffn"], "mlp_ratio": 4, "multi_query_attention": None, "n_heads": s["heads"],
        "n_kv_heads": s["kv"], "n_layers": s["layers"], "pad_token_id": ids["eos"], "precision": "amp_bf16",
        "residual_dropout": 0.0, "rms_norm_eps": s["eps"], "rope": True,
        "rope_full_precision": True, "rope_theta": s["theta"], "scale_logits": False, "torch_dtype": "bfloat16",
        "use_cache": False, "vocab_size": VOCAB, "weight_tying": False,
    }


def dream_config(s, ids):
    return {
        "architectures": ["DreamModel"], "model_type": "Dream", "attention_dropout": 0.0, "bos_token_id": ids["bos"],
        "eos_token_id": ids["eos"], "hidden_act": "silu", "hidden_size": s["d"], "initializer_range": 0.02,
        "intermediate_size": s["ffn"], "mask_token_id": ids["mask"], "max_position_embeddings": 2048,
        "max_window_layers": s["layers"],
        "num_attention_heads": s["heads"], "num_hidden_layers": s["layers"], "num_key_value_heads": s["kv"],
        "pad_token_id": ids["eos"], "rms_norm_eps": s["eps"], "rope_scaling": None, "rope_theta": s["theta"],
        "sliding_window": None, "tie_word_embeddings": False, "torch_dtype": "bfloat16", "use_cache": True,
        "use_mrope": False, "use_sliding_window": False, "vocab_size": VOCAB,
    }


def save(model, folder, values=None):
    """`values` replaces the live weights (the moving average), in the order of hf_names."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = list(model.hf_names())
    values = values or [p for _, p in names]
    tensors = {n: v.detach().to(torch.bfloat16).cpu().contiguous() for (n, _), v in zip(names, values)}
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})
    ids = special_ids(model.family)
    config = (llada_config if model.family == "llada" else dream_config)(model.shape, ids)
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    generation = {"bos_token_id": ids["bos"], "eos_token_id": ids["eos"], "pad_token_id": ids["eos"],
                  "mask_token_id": ids["mask"]}
    (folder / "generation_config.json").write_text(json.dumps(generation, indent=2) + "\n")
