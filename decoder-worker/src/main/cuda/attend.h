// What the ways to attend have in common, and their names.
#pragma once

#include <ATen/core/Tensor.h>

#include <vector_types.h>

#include <cstdint>

namespace unmask {

// A row of `segments`: rows [first_row, first_row + rows) attend to slots [first_slot, first_slot + keys).
struct Segment {
  int64_t first_row;
  int64_t rows;
  int64_t first_slot;
  int64_t keys;
};

// One call of attend, checked.
struct Attention {
  const at::Tensor& query;
  const at::Tensor& keys;
  const at::Tensor& values;
  const at::Tensor& segments;
  int64_t most_rows;
  int64_t most_keys;

  int64_t rows() const { return query.size(0); }
  int64_t heads() const { return query.size(1); }
  int64_t size() const { return query.size(2); }
  int64_t kv() const { return keys.size(1); }
  int64_t group() const { return heads() / kv(); }
  int64_t count() const { return segments.size(0); }
};

// One warp a row and head, float32.
void attend_plain(const Attention& call, at::Tensor& seen);

// Tensor cores, bfloat16; a segment's keys are cut into `parts` that run beside each other; 0: as many as fill the
// GPU.
void attend_small_32(const Attention& call, at::Tensor& seen, int parts);
void attend_small_64(const Attention& call, at::Tensor& seen, int parts);
void attend_small_128(const Attention& call, at::Tensor& seen, int parts);

inline void attend_small(const Attention& call, at::Tensor& seen, int parts) {
  switch (call.size()) {
    case 32: return attend_small_32(call, seen, parts);
    case 64: return attend_small_64(call, seen, parts);
    default: return attend_small_128(call, seen, parts);
  }
}

// PyTorch's own flash attention, bfloat16: the faster one where segments have many rows.
at::Tensor attend_large(const Attention& call);

// What the parts of attend_small left behind, put together.
struct Parts {
  const float* seen;    // [parts][R][heads][D], not yet divided by the sums
  const float2* sums;   // [parts][R][heads]: largest exponent, sum of powers of two relative to it
  int count;
  int tile;             // keys are cut at multiples of this
};

void combine_parts(const Attention& call, const Parts& parts, at::Tensor& seen);

}  // namespace unmask
