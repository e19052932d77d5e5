// A warp's share of attention, in registers: scores of its rows and keys, softmax as it goes, weighted values.
#pragma once

#include "attend_mma.cuh"

namespace unmask {

// Sixteen rows of one warp: what they have seen so far, of the keys that are the warp's.
template <int D>
struct Running {
  float seen[D / 8][4] = {};
  float largest[2] = {-INFINITY, -INFINITY};  // rows l / 4 and 8 below, in powers of two
  float sum[2] = {};
};

// Scores of a warp's rows and keys.
template <int D, int KEYS>
__device__ __forceinline__ void score(float (&scores)[KEYS / 8][4], uint32_t queries, uint32_t keys, int first_row,
                                      int first_key) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int depth = 0; depth < D / 16; ++depth) {
    uint32_t a[4];
    load_matrices(a, queries + swizzle<D>(first_row + lane % 16, depth * 2 + lane / 16));
#pragma unroll
    for (int key = 0; key < KEYS; key += 16) {
      uint32_t b[4];
      load_matrices(b, keys + swizzle<D>(first_key + key + lane / 16 * 8 + lane % 8, depth * 2 + lane / 8 % 2));
      multiply_add(scores[key / 8], a, b[0], b[1]);
      multiply_add(scores[key / 8 + 1], a, b[2], b[3]);
    }
  }
}

// Keys beyond the last are worth nothing. `left` keys remain from the warp's first on.
template <int KEYS>
__device__ __forceinline__ void cut(float (&scores)[KEYS / 8][4], int left) {
  const int column = threadIdx.x % 4 * 2;
#pragma unroll
  for (int i = 0; i < KEYS / 8; ++i) {
#pragma unroll
    for (int j = 0; j < 4; ++j) {
      if (i * 8 + column + j % 2 >= left) {
        scores[i][j] = -INFINITY;
      }
    }
  }
}

// Turns scores into powers relative to the largest so far, and what was seen before to the same reference.
template <int D, int KEYS>
__device__ __forceinline__ void soften(float (&scores)[KEYS / 8][4], Running<D>& running, float scale) {
  float kept[2], reference[2];
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    float largest = scores[0][half * 2];
#pragma unroll
    for (int i = 0; i < KEYS / 8; ++i) {
      largest = fmaxf(largest, fmaxf(scores[i][half * 2], scores[i][half * 2 + 1]));
    }
    largest = fmaxf(largest, __shfl_xor_sync(0xffffffffu, largest, 1));
    largest = fmaxf(largest, __shfl_xor_sync(0xffffffffu, largest, 2));
    largest = fmaxf(running.largest[half], largest * scale);
    // No key yet: any finite reference will do, all powers are 0.
    reference[half] = largest == -INFINITY ? 0.f : largest;
    kept[half] = power_of_two(running.largest[half] - reference[half]);
    running.largest[half] = largest;
    running.sum[half] *= kept[half];
  }
#pragma unroll
  for (int i = 0; i < KEYS / 8; ++i) {
#pragma unroll
    for (int j = 0; j < 4; ++j) {
      scores[i][j] = power_of_two(scores[i][j] * scale - reference[j / 2]);
      running.sum[j / 2] += scores[i][j];
    }
  }
  // The largest rarely changes after the first tiles.
  if (__any_sync(0xffffffffu, kept[0] != 1.f || kept[1] != 1.f)) {
#pragma unroll
    for (int i = 0; i < D / 8; ++i) {
#pragma unroll
      for (int j = 0; j < 4; ++j) {
        running.seen[i][j] *= kept[j / 2];
      }
    }
  }
}

// Adds the values of a warp's keys, weighted.
template <int D, int KEYS>
__device__ __forceinline__ void gather(Running<D>& running, const float (&shares)[KEYS / 8][4], uint32_t values,
                                       int first_key) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int key = 0; key < KEYS; key += 16) {
    const float(&left)[4] = shares[key / 8];
    const float(&right)[4] = shares[key / 8 + 1];
    const uint32_t a[4] = {pair(left[0], left[1]), pair(left[2], left[3]), pair(right[0], right[1]),
                           pair(right[2], right[3])};
#pragma unroll
    for (int column = 0; column < D; column += 16) {
      uint32_t b[4];
      load_matrices_transposed(b, values + swizzle<D>(first_key + key + lane % 16, column / 8 + lane / 16));
      multiply_add(running.seen[column / 8], a, b[0], b[1]);
      multiply_add(running.seen[column / 8 + 1], a, b[2], b[3]);
    }
  }
}

// Sums of the four lanes that share a row.
template <int D>
__device__ __forceinline__ void total(Running<D>& running) {
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    running.sum[half] += __shfl_xor_sync(0xffffffffu, running.sum[half], 1);
    running.sum[half] += __shfl_xor_sync(0xffffffffu, running.sum[half], 2);
  }
}

}  // namespace unmask
