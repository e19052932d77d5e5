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

inline int device_attribute(cudaDeviceAttr attribute) {
  int device = 0;
  int value = 0;
  C10_CUDA_CHECK(cudaGetDevice(&device));
  C10_CUDA_CHECK(cudaDeviceGetAttribute(&value, attribute, device));
  return value;
}

// How many blocks it takes to fill the device follows from this.
inline int64_t multiprocessors() { return device_attribute(cudaDevAttrMultiProcessorCount); }

// Whether a kernel runs as code for Hopper or later: on such a device, and not from the PTX of an older one.
template <auto KERNEL>
bool on_hopper() {
  static const bool built = [] {
    cudaFuncAttributes attributes;
    C10_CUDA_CHECK(cudaFuncGetAttributes(&attributes, KERNEL));
    return attributes.ptxVersion >= 90;
  }();
  return built && device_attribute(cudaDevAttrComputeCapabilityMajor) >= 9;
}

struct Launch {
  dim3 grid;
  dim3 threads;
  size_t shared = 0;  // bytes
  int cluster = 1;    // blocks, along x
};

// Launches a kernel that starts with wait_for_inputs() on the current stream. On Hopper its blocks are set up while the
// kernel before it ends (programmatic dependent launch), which small kernels spend much of their time on.
template <auto KERNEL, typename... Arguments>
void launch_kernel(const Launch& launch, Arguments... arguments) {
  cudaLaunchConfig_t config{};
  config.gridDim = launch.grid;
  config.blockDim = launch.threads;
  config.dynamicSmemBytes = launch.shared;
  config.stream = c10::cuda::getCurrentCUDAStream();
  cudaLaunchAttribute attributes[2];
  config.attrs = attributes;
  if (on_hopper<KERNEL>()) {
    attributes[config.numAttrs].id = cudaLaunchAttributeProgrammaticStreamSerialization;
    attributes[config.numAttrs++].val.programmaticStreamSerializationAllowed = 1;
  }
  if (launch.cluster > 1) {
    attributes[config.numAttrs].id = cudaLaunchAttributeClusterDimension;
    attributes[config.numAttrs].val.clusterDim.x = launch.cluster;
    attributes[config.numAttrs].val.clusterDim.y = 1;
    attributes[config.numAttrs++].val.clusterDim.z = 1;
  }
  C10_CUDA_CHECK(cudaLaunchKernelEx(&config, KERNEL, arguments...));
}

#ifdef __CUDACC__
// Before this a kernel must not touch memory: neither read what the kernel before it writes, nor write where that one
// may still read.
__device__ __forceinline__ void wait_for_inputs() {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
  cudaGridDependencySynchronize();
#endif
}
#endif

}  // namespace unmask
