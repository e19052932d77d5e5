// Residual sum and RMS norm in one pass: a block holds its row in registers between the two, so the row is read once
// and nothing but the sum and the norm is written.
#include <ATen/ops/empty_like.h>

#include "checks.h"
#include "launch.h"
#include "operators.h"
#include "pack.cuh"

namespace unmask {
namespace {

constexpr int kMostThreads = 1024;
constexpr int kMostChunks = 4;

// The same sum in every thread. Warps first, then the sums of warps, in a fixed order.
__device__ float block_sum(float value) {
  __shared__ float sums[32];
  for (int offset = 16; offset > 0; offset /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, offset);
  }
  if (threadIdx.x % 32 == 0) {
    sums[threadIdx.x / 32] = value;
  }
  __syncthreads();
  value = threadIdx.x % 32 < blockDim.x / 32 ? sums[threadIdx.x % 32] : 0.f;
  for (int offset = 16; offset > 0; offset /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, offset);
  }
  return value;
}

template <typename T, int N, int CHUNKS>
__global__ void __launch_bounds__(kMostThreads) add_norm_kernel(T* hidden, const T* delta, const T* scale, T* normed,
                                                                int width, float epsilon) {
  wait_for_inputs();
  const int64_t start = blockIdx.x * static_cast<int64_t>(width);
  float row[CHUNKS][N];
  float scales[CHUNKS][N];  // asked for early: they arrive while the row is summed
  float squares = 0.f;
#pragma unroll
  for (int chunk = 0; chunk < CHUNKS; ++chunk) {
    const int at = (chunk * blockDim.x + threadIdx.x) * N;
    if (at < width) {
      load(hidden + start + at, row[chunk]);
      load(scale + at, scales[chunk]);
      if (delta != nullptr) {
        float added[N];
        load(delta + start + at, added);
#pragma unroll
        for (int i = 0; i < N; ++i) {
          row[chunk][i] = static_cast<float>(static_cast<T>(row[chunk][i] + added[i]));
        }
        store(hidden + start + at, row[chunk]);
      }
#pragma unroll
      for (int i = 0; i < N; ++i) {
        squares += row[chunk][i] * row[chunk][i];
      }
    }
  }
  const float factor = rsqrtf(block_sum(squares) / width + epsilon);
#pragma unroll
  for (int chunk = 0; chunk < CHUNKS; ++chunk) {
    const int at = (chunk * blockDim.x + threadIdx.x) * N;
    if (at < width) {
#pragma unroll
      for (int i = 0; i < N; ++i) {
        row[chunk][i] *= factor * scales[chunk][i];
      }
      store(normed + start + at, row[chunk]);
    }
  }
}

struct AddNorm {
  void* hidden;
  const void* delta;
  const void* scale;
  void* normed;
  int64_t rows;
  int width;
  float epsilon;
};

template <typename T, int N, int CHUNKS>
void launch(const AddNorm& call) {
  const int threads = static_cast<int>(ceil_div(ceil_div(call.width, N * CHUNKS), 32) * 32);
  launch_kernel<add_norm_kernel<T, N, CHUNKS>>(
      {.grid = dim3(call.rows), .threads = dim3(threads)}, static_cast<T*>(call.hidden),
      static_cast<const T*>(call.delta), static_cast<const T*>(call.scale), static_cast<T*>(call.normed), call.width,
      call.epsilon);
}

template <typename T, int N>
void launch_chunks(const AddNorm& call) {
  constexpr int once = kMostThreads * N;
  TORCH_CHECK(call.width <= once * kMostChunks, "add_norm: hidden: at most ", once * kMostChunks,
              " wide when its rows ", N == 1 ? "do not start" : "start", " at multiples of 16 bytes, is ", call.width);
  if (call.width <= once) {
    launch<T, N, 1>(call);
  } else if (call.width <= once * 2) {
    launch<T, N, 2>(call);
  } else {
    launch<T, N, kMostChunks>(call);
  }
}

}  // namespace

at::Tensor add_norm(at::Tensor hidden, const std::optional<at::Tensor>& delta, const at::Tensor& scale,
                    double epsilon) {
  check_matrix(hidden, "add_norm: hidden");
  check_compute(hidden, "add_norm: hidden");
  check_device(scale, hidden, "add_norm: scale");
  check_type(scale, hidden.scalar_type(), "add_norm: scale");
  check_shape(scale, {hidden.size(1)}, "add_norm: scale");
  if (delta.has_value()) {
    check_device(*delta, hidden, "add_norm: delta");
    check_type(*delta, hidden.scalar_type(), "add_norm: delta");
    check_shape(*delta, hidden.sizes(), "add_norm: delta");
  }
  const c10::cuda::CUDAGuard guard(hidden.device());
  at::Tensor normed = at::empty_like(hidden);
  if (hidden.numel() == 0) {
    return normed;
  }
  const void* added = delta.has_value() ? delta->const_data_ptr() : nullptr;
  const AddNorm call{hidden.data_ptr(), added,          scale.const_data_ptr(), normed.data_ptr(),
                     hidden.size(0),    static_cast<int>(hidden.size(1)), static_cast<float>(epsilon)};
  UNMASK_BY_TYPE(hidden.scalar_type(), "add_norm", [&] {
    const bool whole = packs<scalar_t>(call.hidden, call.width) && packs<scalar_t>(call.scale, call.width) &&
                       packs<scalar_t>(call.delta, call.width);
    whole ? launch_chunks<scalar_t, kPack<scalar_t>>(call) : launch_chunks<scalar_t, 1>(call);
  });
  return normed;
}

}  // namespace unmask
