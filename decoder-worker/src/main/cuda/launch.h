// What every launch needs: how many blocks, which element type, and whether it went well.
#pragma once

#include <ATen/Dispatch.h>
#include <c10/cuda/CUDAException.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cstdint>

// Runs a body with scalar_t being the tensor's type, float32 or bfloat16.
#define UNMASK_BY_TYPE(TYPE, NAME, ...) \
  AT_DISPATCH_SWITCH(TYPE, NAME, AT_DISPATCH_CASE(at::kFloat, __VA_ARGS__) AT_DISPATCH_CASE(at::kBFloat16, __VA_ARGS__))

namespace unmask {

inline __host__ __device__ int64_t ceil_div(int64_t count, int64_t size) { return (count + size - 1) / size; }

// Of the current device; every other choice of a grid follows from how many blocks run at once.
inline int64_t multiprocessors() {
  int device = 0;
  int count = 0;
  C10_CUDA_CHECK(cudaGetDevice(&device));
  C10_CUDA_CHECK(cudaDeviceGetAttribute(&count, cudaDevAttrMultiProcessorCount, device));
  return count;
}

}  // namespace unmask
