// Segments of many rows: PyTorch's flash attention, told where each segment's rows and keys lie. It wants the offsets
// of rows to follow each other without gaps. So segments are ordered by their rows, and between two of them stands
// one without keys that covers the gap; its rows, which are nobody's, become zero.
#include <ATen/ops/_flash_attention_forward.h>
#include <ATen/ops/empty.h>

#include "attend.h"
#include "launch.h"

namespace unmask {
namespace {

constexpr int kThreads = 64;

// A segment without rows goes to the front, where it lies in nobody's rows.
__device__ int64_t start(const Segment& segment) { return segment.rows > 0 ? segment.first_row : 0; }

__device__ bool before(const Segment& a, int a_index, const Segment& b, int b_index) {
  if (start(a) != start(b)) {
    return start(a) < start(b);
  }
  return a.rows != b.rows ? a.rows < b.rows : a_index < b_index;
}

// [2N] row offsets, [2N] first keys, [2N] key counts; every odd one is a gap. There are few segments where each has
// many rows, so each finds its place by looking at all.
__global__ void place_segments(const Segment* segments, int* places, int count) {
  wait_for_inputs();
  const int i = blockIdx.x * kThreads + threadIdx.x;
  if (i >= count) {
    return;
  }
  const Segment segment = segments[i];
  int rank = 0;
  for (int j = 0; j < count; ++j) {
    rank += before(segments[j], j, segment, i);
  }
  int* rows = places + 2 * rank;
  int* keys = rows + 2 * count;
  int* used = keys + 2 * count;
  rows[0] = static_cast<int>(start(segment));
  rows[1] = static_cast<int>(start(segment) + segment.rows);
  keys[0] = static_cast<int>(segment.first_slot);
  keys[1] = 0;
  used[0] = static_cast<int>(segment.keys);
  used[1] = 0;
}

}  // namespace

at::Tensor attend_large(const Attention& call) {
  const int64_t count = call.count();
  at::Tensor places = at::empty({3, 2 * count}, call.segments.options().dtype(at::kInt));
  launch_kernel<place_segments>({.grid = dim3(ceil_div(count, kThreads)), .threads = dim3(kThreads)},
                                static_cast<const Segment*>(call.segments.const_data_ptr()), places.data_ptr<int>(),
                                static_cast<int>(count));
  const at::Tensor seen = std::get<0>(at::_flash_attention_forward(
      call.query, call.keys, call.values, places.select(0, 0), places.select(0, 1), call.most_rows, call.most_keys,
      /*dropout_p=*/0.0, /*is_causal=*/false, /*return_debug_mask=*/false, /*scale=*/std::nullopt,
      /*window_size_left=*/std::nullopt, /*window_size_right=*/std::nullopt,
      /*seqused_k=*/places.select(0, 2).narrow(0, 0, 2 * count - 1)));
  return seen.view({call.rows(), call.heads() * call.size()});
}

}  // namespace unmask
