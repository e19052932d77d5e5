// The second half of attention cut over keys (flash-decoding: Dao et al. 2023): parts of a row are scaled to the
// largest exponent of them all and summed in their order, so the result does not depend on which part was ready first.
#include "attend.h"
#include "attend_parts.h"
#include "launch.h"

namespace unmask {
namespace {

constexpr int kWarps = 4;

// A warp has a row and head, a lane N of its elements.
template <int N>
__global__ void __launch_bounds__(kWarps * 32) combine_kernel(Parts parts, const Segment* segments,
                                                              c10::BFloat16* seen, int64_t rows, int heads) {
  wait_for_inputs();
  const Segment segment = segments[blockIdx.y];
  const int64_t index = blockIdx.x * static_cast<int64_t>(kWarps) + threadIdx.x / 32;
  const int count = part_count(segment.keys, parts.tile, parts.count);
  if (index >= segment.rows * heads || count == 1) {
    return;
  }
  const int64_t own = segment.first_row * heads + index;
  const int64_t step = rows * heads;
  const int lane = threadIdx.x % 32;
  float largest = -INFINITY;
  for (int part = 0; part < count; ++part) {
    largest = fmaxf(largest, parts.sums[part * step + own].x);
  }
  float sum[N] = {};
  float total = 0.f;
#pragma unroll 4
  for (int part = 0; part < count; ++part) {
    const float2 powers = parts.sums[part * step + own];
    const float factor = exp2f(powers.x - largest);
    total += factor * powers.y;
    const float* from = parts.seen + (part * step + own) * N * 32 + lane * N;
#pragma unroll
    for (int i = 0; i < N; ++i) {
      sum[i] += factor * from[i];
    }
  }
#pragma unroll
  for (int i = 0; i < N; ++i) {
    seen[own * N * 32 + lane * N + i] = static_cast<c10::BFloat16>(sum[i] / total);
  }
}

template <int N>
void launch(const Attention& call, const Parts& parts, at::Tensor& seen) {
  const dim3 grid(ceil_div(call.most_rows * call.heads(), kWarps), call.count());
  launch_kernel<combine_kernel<N>>({.grid = grid, .threads = dim3(kWarps * 32)}, parts,
                                   static_cast<const Segment*>(call.segments.const_data_ptr()),
                                   seen.data_ptr<c10::BFloat16>(), call.rows(), static_cast<int>(call.heads()));
}

}  // namespace

void combine_parts(const Attention& call, const Parts& parts, at::Tensor& seen) {
  switch (call.size()) {
    case 32: return launch<1>(call, parts, seen);
    case 64: return launch<2>(call, parts, seen);
    default: return launch<4>(call, parts, seen);
  }
}

}  // namespace unmask
