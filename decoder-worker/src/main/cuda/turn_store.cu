// What lies between the projection and attention: rotary embedding (Su et al. 2021, halves split as in GPT-NeoX) of
// queries and keys, and the scatter of keys and values into the pool, in one pass over the projection.
#include <ATen/ops/empty.h>

#include "checks.h"
#include "launch.h"
#include "operators.h"
#include "pack.cuh"

namespace unmask {
namespace {

constexpr int kThreads = 256;

template <typename T, typename A>
struct TurnStore {
  const T* projected;
  const A* cosine;
  const A* sine;
  const int64_t* angles;
  const int64_t* slots;
  T* keys;
  T* values;
  T* query;
  int64_t rows;
  int64_t context;
  int64_t capacity;
  int heads;
  int kv;
  int size;
};

// Elements [at, at + N) of a head and those half a head further, which they turn with.
template <int N, typename T, typename A>
__device__ void turn(const T* from, T* to, const A* cosine, const A* sine, int half, int at) {
  float low[N], high[N], low_cosine[N], high_cosine[N], low_sine[N], high_sine[N];
  load(from + at, low);
  load(from + at + half, high);
  load(cosine + at, low_cosine);
  load(cosine + at + half, high_cosine);
  load(sine + at, low_sine);
  load(sine + at + half, high_sine);
#pragma unroll
  for (int i = 0; i < N; ++i) {
    const float first = low[i];
    low[i] = first * low_cosine[i] - high[i] * low_sine[i];
    high[i] = high[i] * high_cosine[i] + first * high_sine[i];
  }
  store(to + at, low);
  store(to + at + half, high);
}

// A thread has N elements of the lower and N of the upper half of one head of one row.
template <int N, typename T, typename A>
__global__ void __launch_bounds__(kThreads) turn_store_kernel(TurnStore<T, A> call) {
  wait_for_inputs();
  const int half = call.size / 2;
  const unsigned pieces = half / N;
  const int parts = call.heads + 2 * call.kv;
  const unsigned index = blockIdx.y * kThreads + threadIdx.x;
  const int part = index / pieces;
  const int at = index % pieces * N;
  const int64_t row = blockIdx.x;
  if (part >= parts) {
    return;
  }
  const T* from = call.projected + (row * parts + part) * call.size;
  const int64_t angle = call.angles[row] * call.size;
  if (part < call.heads) {
    CUDA_KERNEL_ASSERT(call.angles[row] >= 0 && call.angles[row] < call.context && "turn_store: angles");
    turn<N>(from, call.query + (row * call.heads + part) * call.size, call.cosine + angle, call.sine + angle, half, at);
    return;
  }
  const int64_t slot = call.slots[row];
  CUDA_KERNEL_ASSERT(slot >= 0 && slot < call.capacity && "turn_store: slots");
  const int kv = (part - call.heads) % call.kv;
  const int64_t stored = (slot * call.kv + kv) * call.size;
  if (part < call.heads + call.kv) {
    turn<N>(from, call.keys + stored, call.cosine + angle, call.sine + angle, half, at);
  } else {
    copy<N>(call.values + stored + at, from + at);
    copy<N>(call.values + stored + at + half, from + at + half);
  }
}

template <int N, typename T, typename A>
void launch(const TurnStore<T, A>& call) {
  const dim3 grid(call.rows, ceil_div((call.heads + 2 * call.kv) * (call.size / 2 / N), kThreads));
  launch_kernel<turn_store_kernel<N, T, A>>({.grid = grid, .threads = dim3(kThreads)}, call);
}

void check(const at::Tensor& projected, const at::Tensor& cosine, const at::Tensor& sine, const at::Tensor& angles,
           const at::Tensor& slots, const at::Tensor& keys, const at::Tensor& values, int64_t heads) {
  check_matrix(projected, "turn_store: projected");
  check_compute(projected, "turn_store: projected");
  check_device(keys, projected, "turn_store: keys");
  check_type(keys, projected.scalar_type(), "turn_store: keys");
  TORCH_CHECK(keys.dim() == 3, "turn_store: keys: must be [capacity][kv][head size], has shape ", keys.sizes());
  check_shape(keys, keys.sizes(), "turn_store: keys");
  check_device(values, projected, "turn_store: values");
  check_type(values, projected.scalar_type(), "turn_store: values");
  check_shape(values, keys.sizes(), "turn_store: values");
  const int64_t size = keys.size(2);
  TORCH_CHECK(size % 2 == 0, "turn_store: keys: the head size must be even, is ", size);
  check_shape(projected, {projected.size(0), (heads + 2 * keys.size(1)) * size}, "turn_store: projected");
  check_device(cosine, projected, "turn_store: cosine");
  check_compute(cosine, "turn_store: cosine");
  TORCH_CHECK(cosine.dim() == 3, "turn_store: cosine: must be [context][1][head size], has shape ", cosine.sizes());
  check_shape(cosine, {cosine.size(0), 1, size}, "turn_store: cosine");
  check_device(sine, projected, "turn_store: sine");
  check_type(sine, cosine.scalar_type(), "turn_store: sine");
  check_shape(sine, cosine.sizes(), "turn_store: sine");
  for (const auto& [rows, name] : {std::pair(&angles, "turn_store: angles"), std::pair(&slots, "turn_store: slots")}) {
    check_device(*rows, projected, name);
    check_type(*rows, at::kLong, name);
    check_shape(*rows, {projected.size(0)}, name);
  }
}

}  // namespace

at::Tensor turn_store(const at::Tensor& projected, const at::Tensor& cosine, const at::Tensor& sine,
                      const at::Tensor& angles, const at::Tensor& slots, at::Tensor keys, at::Tensor values,
                      int64_t heads) {
  check(projected, cosine, sine, angles, slots, keys, values, heads);
  const c10::cuda::CUDAGuard guard(projected.device());
  const int64_t rows = projected.size(0);
  const int64_t size = keys.size(2);
  at::Tensor query = at::empty({rows, heads, size}, projected.options());
  if (rows == 0) {
    return query;
  }
  UNMASK_BY_TYPE(projected.scalar_type(), "turn_store", [&] {
    using value_t = scalar_t;
    UNMASK_BY_TYPE(cosine.scalar_type(), "turn_store", [&] {
      const TurnStore<value_t, scalar_t> call{
          projected.const_data_ptr<value_t>(), cosine.const_data_ptr<scalar_t>(), sine.const_data_ptr<scalar_t>(),
          angles.const_data_ptr<int64_t>(),    slots.const_data_ptr<int64_t>(),   keys.data_ptr<value_t>(),
          values.data_ptr<value_t>(),          query.data_ptr<value_t>(),         rows,
          cosine.size(0),                      keys.size(0),                      static_cast<int>(heads),
          static_cast<int>(keys.size(1)),      static_cast<int>(size)};
      const int64_t half = size / 2;
      const bool whole = packs<value_t>(call.projected, half) && packs<value_t>(call.keys, half) &&
                         packs<value_t>(call.values, half) && packs<scalar_t>(call.cosine, half) &&
                         packs<scalar_t>(call.sine, half);
      whole ? launch<kPack<value_t>>(call) : launch<1>(call);
    });
  });
  return query;
}

}  // namespace unmask
