// The gate of a SwiGLU MLP (Shazeer 2020): both halves of a fused projection are read once, their product written once.
#include <ATen/ops/empty.h>

#include "checks.h"
#include "launch.h"
#include "operators.h"
#include "pack.cuh"

namespace unmask {
namespace {

constexpr int kThreads = 256;

template <int N, typename T>
__global__ void __launch_bounds__(kThreads) gated_kernel(const T* both, T* product, int64_t rows, int width) {
  const int64_t index = blockIdx.x * static_cast<int64_t>(kThreads) + threadIdx.x;
  const int pieces = width / N;
  const int64_t row = index / pieces;
  const int at = static_cast<int>(index - row * pieces) * N;
  if (row >= rows) {
    return;
  }
  float gate[N], up[N];
  load(both + row * 2 * width + at, gate);
  load(both + row * 2 * width + width + at, up);
#pragma unroll
  for (int i = 0; i < N; ++i) {
    up[i] *= gate[i] / (1.f + __expf(-gate[i]));
  }
  store(product + row * width + at, up);
}

template <int N, typename T>
void launch(const at::Tensor& both, at::Tensor& product) {
  gated_kernel<N><<<ceil_div(product.numel(), N * kThreads), kThreads, 0, c10::cuda::getCurrentCUDAStream()>>>(
      both.const_data_ptr<T>(), product.data_ptr<T>(), product.size(0), static_cast<int>(product.size(1)));
  C10_CUDA_KERNEL_LAUNCH_CHECK();
}

}  // namespace

at::Tensor gated(const at::Tensor& both) {
  check_matrix(both, "gated: both");
  check_compute(both, "gated: both");
  TORCH_CHECK(both.size(1) % 2 == 0, "gated: both: must have two halves, is ", both.size(1), " wide");
  const c10::cuda::CUDAGuard guard(both.device());
  at::Tensor product = at::empty({both.size(0), both.size(1) / 2}, both.options());
  if (product.numel() > 0) {
    UNMASK_BY_TYPE(both.scalar_type(), "gated", [&] {
      const bool whole = packs<scalar_t>(both.const_data_ptr(), product.size(1));
      whole ? launch<kPack<scalar_t>, scalar_t>(both, product) : launch<1, scalar_t>(both, product);
    });
  }
  return product;
}

}  // namespace unmask
