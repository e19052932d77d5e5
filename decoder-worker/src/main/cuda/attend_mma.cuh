// Pieces of a tensor-core kernel, in PTX (sm_80 and later): asynchronous copies into shared memory, matrix loads from
// it, and the 16 x 8 x 16 bfloat16 product. Layouts of operands are those of the PTX manual, "Matrix fragments for
// mma.m16n8k16": lane l holds row l / 4 (and 8 below it) and columns 2 * (l % 4), + 1 of an accumulator.
#pragma once

#include <cuda_bf16.h>

#include <cstdint>

namespace unmask {

// Copies 16 bytes, or clears them where there is nothing to copy: what is not a key must not be a NaN either.
__device__ __forceinline__ void copy_async(uint32_t to, const void* from, bool present) {
  asm volatile("cp.async.cg.shared.global.L2::128B [%0], [%1], 16, %2;" ::"r"(to), "l"(from), "r"(present ? 16 : 0)
               : "memory");
}

__device__ __forceinline__ void commit_copies() { asm volatile("cp.async.commit_group;" ::: "memory"); }

// Waits until at most PENDING of this thread's groups of copies are still under way.
template <int PENDING>
__device__ __forceinline__ void wait_copies() {
  asm volatile("cp.async.wait_group %0;" ::"n"(PENDING) : "memory");
}

// Four 8 x 8 matrices; lane l gives the address of row l % 8 of matrix l / 8.
__device__ __forceinline__ void load_matrices(uint32_t (&to)[4], uint32_t from) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
               : "r"(from)
               : "memory");
}

__device__ __forceinline__ void load_matrices_transposed(uint32_t (&to)[4], uint32_t from) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
               : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
               : "r"(from)
               : "memory");
}

// sum (16 x 8) += a (16 x 16) b (16 x 8).
__device__ __forceinline__ void multiply_add(float (&sum)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, "
      "{%0, %1, %2, %3};"
      : "+f"(sum[0]), "+f"(sum[1]), "+f"(sum[2]), "+f"(sum[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

__device__ __forceinline__ uint32_t pair(float low, float high) {
  const __nv_bfloat162 both = __floats2bfloat162_rn(low, high);
  return *reinterpret_cast<const uint32_t*>(&both);
}

__device__ __forceinline__ float power_of_two(float exponent) {
  float power;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(exponent));
  return power;
}

// Address within a tile of rows of D elements, in pieces of 16 bytes. Pieces are permuted within 128 bytes such that
// the eight rows a matrix load reads, one piece of each, lie in different banks.
template <int D>
__device__ __forceinline__ uint32_t swizzle(int row, int piece) {
  constexpr int pieces = D / 8;
  if constexpr (pieces >= 8) {
    piece ^= row & 7;
  } else {
    piece ^= (row / (8 / pieces)) & (pieces - 1);
  }
  return static_cast<uint32_t>(row * pieces + piece) * 16;
}

}  // namespace unmask
