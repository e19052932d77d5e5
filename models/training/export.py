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


def block_config(s, ids):
    """Fast-dLLM v2's: Qwen2.5's and `bd_size`. Its mask id stands in its code alone; here `mask_token_id` is added."""
    return {
        "architectures": ["Fast_dLLM_QwenForCausalLM"], "model_type": "Fast_dLLM_Qwen", "attention_dropout": 0.0,
        "bd_size": 32, "bos_token_id": ids["eos"], "eos_token_id": ids["end"], "hidden_act": "silu",
        "hidden_size": s["d"], "initializer_range": 0.02, "intermediate_size": s["ffn"],
        "layer_types": ["full_attention"] * s["layers"], "mask_token_id": ids["mask"], "max_position_embeddings": 2048,
        "max_window_layers": s["layers"], "num_attention_heads": s["heads"], "num_hidden_layers": s["layers"],
        "num_key_value_heads": s["kv"], "rms_norm_eps": s["eps"], "rope_scaling": None, "rope_theta": s["theta"],
        "sliding_window": None, "tie_word_embeddings": False, "torch_dtype": "bfloat16", "use_cache": True,
        "use_sliding_window": False, "vocab_size": VOCAB,
    }


CONFIGS = {"llada": llada_config, "dream": dream_config, "block": block_config}


def generation_config(family, ids):
    if family == "block":
        return {"bos_token_id": ids["eos"], "eos_token_id": [ids["end"], ids["eos"]], "pad_token_id": ids["eos"]}
    return {"bos_token_id": ids["bos"], "eos_token_id": ids["eos"], "pad_token_id": ids["eos"],
            "mask_token_id": ids["mask"]}


def save(model, folder, values=None):
    """`values` replaces the live weights (the moving average), in the order of hf_names."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    names = list(model.hf_names())
    values = values or [p for _, p in names]
    tensors = {n: v.detach().to(torch.bfloat16).cpu().contiguous() for (n, _), v in zip(names, values)}
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})
    ids = special_ids(model.family)
    for name, values in (("config", CONFIGS[model.family](model.shape, ids)),
                         ("generation_config", generation_config(model.family, ids))):
        (folder / f"{name}.json").write_text(json.dumps(values, indent=2) + "\n")
