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
__global__ void __launch_bounds__(kThreads) gated_kernel(const T* both, T* product, int width) {
  wait_for_inputs();
  const int64_t row = blockIdx.x;
  const int at = (blockIdx.y * kThreads + threadIdx.x) * N;
  if (at >= width) {
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
  const dim3 grid(product.size(0), ceil_div(product.size(1), N * kThreads));
  launch_kernel<gated_kernel<N, T>>({.grid = grid, .threads = dim3(kThreads)}, both.const_data_ptr<T>(),
                                    product.data_ptr<T>(), static_cast<int>(product.size(1)));
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
