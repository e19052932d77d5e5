// Picks from logits in one pass: the maximum, the two largest, the softmax denominator and the entropy's sum grow
// together and are rescaled whenever the maximum does (online softmax: Milakov and Gimelshein 2018), so no softmax is
// ever in memory. A row is cut among blocks, because a few rows of 100,000 tokens would leave most of the chip idle.
#include <ATen/ops/empty.h>

#include <algorithm>
#include <climits>

#include "checks.h"
#include "launch.h"
#include "operators.h"
#include "pack.cuh"

namespace unmask {
namespace {

constexpr int kThreads = 256;
constexpr int kMostParts = 64;

// What is known of some of a row's logits x.
struct Summary {
  float largest;
  float second;    // of all, an equal of the largest included
  float sum;       // of e^(x - largest)
  float weighted;  // of (x - largest) e^(x - largest)
  float chosen;    // the largest that is not barred
  int token;       // its index, the lowest of equals
};

__device__ __forceinline__ Summary nothing() { return {-INFINITY, -INFINITY, 0.f, 0.f, -INFINITY, INT_MAX}; }

// Moves the sums to another reference, never a smaller one.
__device__ __forceinline__ void rescale(Summary& part, float largest) {
  if (part.sum > 0.f) {
    const float down = part.largest - largest;
    const float factor = __expf(down);
    // A part too far below to count would be 0 times infinity.
    part.weighted = factor > 0.f ? (part.weighted + down * part.sum) * factor : 0.f;
    part.sum *= factor;
  }
}

__device__ __forceinline__ void choose(Summary& to, float value, int token) {
  if (value > to.chosen || (value == to.chosen && token < to.token)) {
    to.chosen = value;
    to.token = token;
  }
}

__device__ __forceinline__ void merge(Summary& to, Summary from) {
  const float largest = fmaxf(to.largest, from.largest);
  rescale(to, largest);
  rescale(from, largest);
  to.second = fmaxf(fminf(to.largest, from.largest), fmaxf(to.second, from.second));
  to.largest = largest;
  to.sum += from.sum;
  to.weighted += from.weighted;
  choose(to, from.chosen, from.token);
}

template <int N>
__device__ __forceinline__ void add(Summary& to, const float (&value)[N], int first, int barred) {
  float largest = to.largest;
#pragma unroll
  for (int i = 0; i < N; ++i) {
    to.second = fmaxf(to.second, fminf(largest, value[i]));
    largest = fmaxf(largest, value[i]);
    // Indices grow, so the first of equals stays.
    if ((value[i] > to.chosen || to.token == INT_MAX) && first + i != barred) {
      to.chosen = value[i];
      to.token = first + i;
    }
  }
  if (largest > to.largest) {
    rescale(to, largest);
    to.largest = largest;
  }
#pragma unroll
  for (int i = 0; i < N; ++i) {
    const float down = value[i] - largest;
    const float share = __expf(down);
    // Minus infinity, a token without a logit, has no share; NaN must stay NaN.
    if (value[i] != -INFINITY) {
      to.sum += share;
      to.weighted += down * share;
    }
  }
}

// Over a warp, in a fixed order; the result is in every lane.
__device__ Summary merge_warp(Summary part) {
  for (int offset = 16; offset > 0; offset /= 2) {
    Summary other;
    other.largest = __shfl_xor_sync(0xffffffffu, part.largest, offset);
    other.second = __shfl_xor_sync(0xffffffffu, part.second, offset);
    other.sum = __shfl_xor_sync(0xffffffffu, part.sum, offset);
    other.weighted = __shfl_xor_sync(0xffffffffu, part.weighted, offset);
    other.chosen = __shfl_xor_sync(0xffffffffu, part.chosen, offset);
    other.token = __shfl_xor_sync(0xffffffffu, part.token, offset);
    merge(part, other);
  }
  return part;
}

// Summary of tokens [part * length, (part + 1) * length) of a row.
template <int N, typename T>
__global__ void __launch_bounds__(kThreads) summarize(const T* logits, Summary* summaries, int vocabulary, int length,
                                                      int barred) {
  wait_for_inputs();
  __shared__ Summary warps[kThreads / 32];
  const T* row = logits + blockIdx.y * static_cast<int64_t>(vocabulary);
  const int end = min(vocabulary, static_cast<int>(blockIdx.x + 1) * length);
  Summary part = nothing();
#pragma unroll 4
  for (int at = blockIdx.x * length + threadIdx.x * N; at < end; at += kThreads * N) {
    float value[N];
    load(row + at, value);
    add(part, value, at, barred);
  }
  part = merge_warp(part);
  if (threadIdx.x % 32 == 0) {
    warps[threadIdx.x / 32] = part;
  }
  __syncthreads();
  if (threadIdx.x < 32) {
    part = merge_warp(threadIdx.x < kThreads / 32 ? warps[threadIdx.x] : nothing());
    if (threadIdx.x == 0) {
      summaries[blockIdx.y * gridDim.x + blockIdx.x] = part;
    }
  }
}

// A warp has a row: merges its parts and writes the four numbers.
__global__ void conclude(const Summary* summaries, float* picks, int rows, int parts) {
  wait_for_inputs();
  const int row = blockIdx.x * blockDim.y + threadIdx.y;
  if (row >= rows) {
    return;
  }
  Summary whole = nothing();
  for (int part = threadIdx.x; part < parts; part += 32) {
    merge(whole, summaries[static_cast<int64_t>(row) * parts + part]);
  }
  whole = merge_warp(whole);
  if (threadIdx.x == 0) {
    picks[row] = static_cast<float>(whole.token);
    picks[rows + row] = expf(whole.chosen - whole.largest) / whole.sum;
    picks[2 * rows + row] = (1.f - expf(whole.second - whole.largest)) / whole.sum;
    picks[3 * rows + row] = whole.weighted / whole.sum - logf(whole.sum);
  }
}

// Enough parts for four blocks a multiprocessor, none with less than a pack for each of its threads.
int count_parts(int64_t rows, int64_t vocabulary) {
  const int64_t blocks = 4 * multiprocessors();
  const int64_t most = std::min<int64_t>(kMostParts, ceil_div(vocabulary, kThreads * 8));
  return static_cast<int>(std::clamp<int64_t>(ceil_div(blocks, rows), 1, most));
}

template <int N, typename T>
void launch(const at::Tensor& logits, at::Tensor& summaries, int parts, int barred) {
  const int64_t length = ceil_div(ceil_div(logits.size(1), parts), kThreads * N) * kThreads * N;
  launch_kernel<summarize<N, T>>({.grid = dim3(parts, logits.size(0)), .threads = dim3(kThreads)},
                                 logits.const_data_ptr<T>(), static_cast<Summary*>(summaries.data_ptr()),
                                 static_cast<int>(logits.size(1)), static_cast<int>(length), barred);
}

}  // namespace

at::Tensor best(const at::Tensor& logits, int64_t barred) {
  check_matrix(logits, "best: logits");
  check_compute(logits, "best: logits");
  const int64_t rows = logits.size(0);
  const int64_t vocabulary = logits.size(1);
  TORCH_CHECK(rows <= 65535, "best: logits: at most 65535 rows, has ", rows);
  TORCH_CHECK(vocabulary >= 2 && vocabulary < 1 << 24, "best: logits: between 2 and 2^24 - 1 tokens, has ", vocabulary);
  const c10::cuda::CUDAGuard guard(logits.device());
  at::Tensor picks = at::empty({4, rows}, logits.options().dtype(at::kFloat));
  if (rows == 0) {
    return picks;
  }
  const int parts = count_parts(rows, vocabulary);
  at::Tensor summaries =
      at::empty({rows * parts * static_cast<int64_t>(sizeof(Summary))}, logits.options().dtype(at::kByte));
  const int bar = static_cast<int>(std::clamp<int64_t>(barred, -1, vocabulary));
  UNMASK_BY_TYPE(logits.scalar_type(), "best", [&] {
    const bool whole = packs<scalar_t>(logits.const_data_ptr(), vocabulary);
    whole ? launch<kPack<scalar_t>, scalar_t>(logits, summaries, parts, bar)
          : launch<1, scalar_t>(logits, summaries, parts, bar);
  });
  constexpr int warps = 4;
  launch_kernel<conclude>({.grid = dim3(ceil_div(rows, warps)), .threads = dim3(32, warps)},
                          static_cast<const Summary*>(summaries.data_ptr()), picks.data_ptr<float>(),
                          static_cast<int>(rows), parts);
  return picks;
}

}  // namespace unmask
