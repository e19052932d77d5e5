// Attention without tensor cores: one warp a row and head walks over the keys, its lanes sharing the head's elements.
// Exact float32 for those who want to compare; bfloat16 has a faster way.
#include "attend.h"
#include "launch.h"

namespace unmask {
namespace {

constexpr int kWarps = 8;

template <int PER_LANE>
__global__ void __launch_bounds__(kWarps * 32) attend_plain_kernel(const float* query, const float* keys,
                                                                   const float* values, const Segment* segments,
                                                                   float* seen, int heads, int kv) {
  wait_for_inputs();
  constexpr int size = PER_LANE * 32;
  const Segment segment = segments[blockIdx.y];
  const int64_t index = blockIdx.x * static_cast<int64_t>(kWarps) + threadIdx.x / 32;
  const int head = static_cast<int>(index % heads);
  const int64_t row = index / heads;
  if (row >= segment.rows) {
    return;
  }
  const int lane = threadIdx.x % 32;
  const int64_t own = ((segment.first_row + row) * heads + head) * size + lane;
  float asked[PER_LANE], sum[PER_LANE] = {};
#pragma unroll
  for (int i = 0; i < PER_LANE; ++i) {
    asked[i] = query[own + i * 32] * rsqrtf(static_cast<float>(size));
  }
  float largest = -INFINITY;
  float total = 0.f;
  for (int64_t key = 0; key < segment.keys; ++key) {
    const int64_t at = ((segment.first_slot + key) * kv + head / (heads / kv)) * size + lane;
    float score = 0.f;
#pragma unroll
    for (int i = 0; i < PER_LANE; ++i) {
      score += asked[i] * keys[at + i * 32];
    }
    for (int offset = 16; offset > 0; offset /= 2) {
      score += __shfl_xor_sync(0xffffffffu, score, offset);
    }
    const float before = largest;
    largest = fmaxf(largest, score);
    const float kept = expf(before - largest);
    const float share = expf(score - largest);
    total = total * kept + share;
#pragma unroll
    for (int i = 0; i < PER_LANE; ++i) {
      sum[i] = sum[i] * kept + share * values[at + i * 32];
    }
  }
#pragma unroll
  for (int i = 0; i < PER_LANE; ++i) {
    seen[own + i * 32] = total > 0.f ? sum[i] / total : 0.f;
  }
}

template <int PER_LANE>
void launch(const Attention& call, at::Tensor& seen) {
  const dim3 grid(ceil_div(call.most_rows * call.heads(), kWarps), call.count());
  launch_kernel<attend_plain_kernel<PER_LANE>>(
      {.grid = grid, .threads = dim3(kWarps * 32)}, call.query.const_data_ptr<float>(),
      call.keys.const_data_ptr<float>(), call.values.const_data_ptr<float>(),
      static_cast<const Segment*>(call.segments.const_data_ptr()), seen.data_ptr<float>(),
      static_cast<int>(call.heads()), static_cast<int>(call.kv()));
}

}  // namespace

void attend_plain(const Attention& call, at::Tensor& seen) {
  switch (call.size()) {
    case 32: return launch<1>(call, seen);
    case 64: return launch<2>(call, seen);
    default: return launch<4>(call, seen);
  }
}

}  // namespace unmask
