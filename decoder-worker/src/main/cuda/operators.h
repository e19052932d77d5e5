// The operators, as called from TorchScript by ops.unmask.<name>. Shapes: R rows, H hidden, D head size, M width of the
// MLP, S scored rows, V vocabulary. Every operator takes float32 or bfloat16, runs on the current stream, reads nothing
// back to the host (so a CUDA graph can capture it) and gives the same bits for the same inputs.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

namespace unmask {

// hidden [R][H] += delta, rounded to their type; returns RMSNorm(hidden) * scale.
at::Tensor add_norm(at::Tensor hidden, const std::optional<at::Tensor>& delta, const at::Tensor& scale, double epsilon);

// projected [R][(heads + 2 * kv) * D]: queries, keys, values. Turns queries and keys by rows `angles` of the tables
// [context][1][D], writes keys and values to rows `slots` of the pools [capacity][kv][D], returns queries
// [R][heads][D].
at::Tensor turn_store(const at::Tensor& projected, const at::Tensor& cosine, const at::Tensor& sine,
                      const at::Tensor& angles, const at::Tensor& slots, at::Tensor keys, at::Tensor values,
                      int64_t heads);

// query [R][heads][D]; segments int64 [N][4]: first row, rows, first slot, keys. Rows of a segment attend to all of its
// keys in the pools. Returns [R][heads * D]; rows of no segment hold whatever memory held.
at::Tensor attend(const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values,
                  const at::Tensor& segments, int64_t most_rows, int64_t most_keys);

// both [R][2 * M] -> silu(first half) * second half [R][M].
at::Tensor gated(const at::Tensor& both);

// logits [S][V] -> float32 [4][S]: the best token but `barred`, its probability, the margin of the two largest, the
// negative entropy.
at::Tensor best(const at::Tensor& logits, int64_t barred);

}  // namespace unmask
