// Checks of arguments; every message names the operator and the argument.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

namespace unmask {

inline void check_device(const at::Tensor& tensor, const at::Tensor& like, const char* name) {
  TORCH_CHECK(tensor.is_cuda() && tensor.device() == like.device(), name, ": must be on ", like.device(), ", is on ",
              tensor.device());
}

inline void check_shape(const at::Tensor& tensor, at::IntArrayRef shape, const char* name) {
  TORCH_CHECK(tensor.sizes() == shape, name, ": must have shape ", shape, ", has ", tensor.sizes());
  TORCH_CHECK(tensor.is_contiguous(), name, ": must be contiguous, has strides ", tensor.strides());
}

inline void check_matrix(const at::Tensor& tensor, const char* name) {
  TORCH_CHECK(tensor.dim() == 2, name, ": must have 2 dimensions, has ", tensor.dim());
  TORCH_CHECK(tensor.is_contiguous(), name, ": must be contiguous, has strides ", tensor.strides());
}

// The compute types: what products, norms and stored states are kept in.
inline void check_compute(const at::Tensor& tensor, const char* name) {
  TORCH_CHECK(tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16, name,
              ": must be float32 or bfloat16, is ", tensor.scalar_type());
}

inline void check_type(const at::Tensor& tensor, at::ScalarType type, const char* name) {
  TORCH_CHECK(tensor.scalar_type() == type, name, ": must be ", type, ", is ", tensor.scalar_type());
}

}  // namespace unmask
