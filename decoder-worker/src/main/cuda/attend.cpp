// Attention of ragged segments to a pool of keys and values: checks, and which way is the fastest for a call.
#include <ATen/ops/empty.h>
#include <c10/cuda/CUDAGuard.h>

#include "attend.h"
#include "checks.h"
#include "operators.h"

namespace unmask {
namespace {

// PyTorch's kernel has taller tiles and wins where there are many rows: 512 in one segment, or half as many each if
// that makes 1,024 (measured on an H200; below that it starts too few blocks and does not merge heads that share
// keys).
constexpr int64_t kManyRows = 512;

bool many_rows(const Attention& call) {
  return call.most_rows >= kManyRows ||
         (call.most_rows >= kManyRows / 2 && call.count() * call.most_rows >= 2 * kManyRows);
}

void check(const Attention& call) {
  TORCH_CHECK(call.query.dim() == 3, "attend: query: must be [rows][heads][head size], has shape ", call.query.sizes());
  check_compute(call.query, "attend: query");
  check_shape(call.query, call.query.sizes(), "attend: query");
  const int64_t size = call.size();
  TORCH_CHECK(size == 32 || size == 64 || size == 128, "attend: query: the head size must be 32, 64 or 128, is ", size);
  check_device(call.keys, call.query, "attend: keys");
  check_type(call.keys, call.query.scalar_type(), "attend: keys");
  TORCH_CHECK(call.keys.dim() == 3, "attend: keys: must be [capacity][kv][head size], has shape ", call.keys.sizes());
  check_shape(call.keys, {call.keys.size(0), call.kv(), size}, "attend: keys");
  TORCH_CHECK(call.kv() > 0 && call.heads() % call.kv() == 0, "attend: keys: ", call.heads(),
              " query heads cannot share ", call.kv(), " key heads evenly");
  check_device(call.values, call.query, "attend: values");
  check_type(call.values, call.query.scalar_type(), "attend: values");
  check_shape(call.values, call.keys.sizes(), "attend: values");
  check_device(call.segments, call.query, "attend: segments");
  check_type(call.segments, at::kLong, "attend: segments");
  check_shape(call.segments, {call.segments.size(0), 4}, "attend: segments");
  for (const at::Tensor* tensor : {&call.query, &call.keys, &call.values}) {
    TORCH_CHECK(reinterpret_cast<uintptr_t>(tensor->const_data_ptr()) % 16 == 0,
                "attend: query, keys, values: must start at multiples of 16 bytes");
  }
  TORCH_CHECK(call.count() <= 65535, "attend: segments: at most 65535, are ", call.count());
  TORCH_CHECK(call.most_rows >= 0 && call.most_rows <= call.rows(), "attend: most_rows: must be in [0, ", call.rows(),
              "], is ", call.most_rows);
  TORCH_CHECK(call.most_keys >= 0 && call.most_keys <= call.keys.size(0), "attend: most_keys: must be in [0, ",
              call.keys.size(0), "], is ", call.most_keys);
}

}  // namespace

at::Tensor attend(const at::Tensor& query, const at::Tensor& keys, const at::Tensor& values,
                  const at::Tensor& segments, int64_t most_rows, int64_t most_keys) {
  const Attention call{query, keys, values, segments, most_rows, most_keys};
  check(call);
  const c10::cuda::CUDAGuard guard(query.device());
  const bool nothing = call.count() == 0 || most_rows == 0;
  if (!nothing && query.scalar_type() == at::kBFloat16 && most_keys > 0 && many_rows(call)) {
    return attend_large(call);
  }
  at::Tensor seen = at::empty({call.rows(), call.heads() * call.size()}, query.options());
  if (nothing) {
    return seen;
  }
  if (query.scalar_type() == at::kBFloat16) {
    attend_small(call, seen, 0);
  } else {
    attend_plain(call, seen);
  }
  return seen;
}

}  // namespace unmask
