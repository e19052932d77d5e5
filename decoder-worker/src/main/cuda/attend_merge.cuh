// How what was seen of different keys becomes one: by warps of a block, by blocks of a cluster, or in memory.
#pragma once

#include <cooperative_groups.h>

#include "attend_softmax.cuh"
#include "attend_tile.cuh"

namespace unmask {

template <int D>
__device__ __forceinline__ void merge(Running<D>& to, const float* from) {
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const float other = from[half * 32];
    const float largest = fmaxf(to.largest[half], other);
    const float reference = largest == -INFINITY ? 0.f : largest;
    const float kept = power_of_two(to.largest[half] - reference);
    const float factor = power_of_two(other - reference);
    to.largest[half] = largest;
    to.sum[half] = to.sum[half] * kept + from[(2 + half) * 32] * factor;
#pragma unroll
    for (int i = 0; i < D / 8; ++i) {
      to.seen[i][half * 2] = to.seen[i][half * 2] * kept + from[(4 + i * 4 + half * 2) * 32] * factor;
      to.seen[i][half * 2 + 1] = to.seen[i][half * 2 + 1] * kept + from[(5 + i * 4 + half * 2) * 32] * factor;
    }
  }
}

// Puts together what warps with the same rows have seen of different keys; true for the warp that then has it all.
template <typename T>
__device__ __forceinline__ bool merge_warps(Running<T::size>& running, float* shared) {
  constexpr int D = T::size;
  constexpr int others = T::key_warps - 1;
  if constexpr (others == 0) {
    return true;
  }
  constexpr int words = (4 + D / 2) * 32;
  static_assert(T::row_warps * others * words * 4 <= T::ring_bytes);
  const int row_warp = threadIdx.x / 32 % T::row_warps;
  const int key_warp = threadIdx.x / 32 / T::row_warps;
  float* own = shared + threadIdx.x % 32 + row_warp * others * words;
  __syncthreads();  // the ring is free
  if (key_warp > 0) {
    own += (key_warp - 1) * words;
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      own[half * 32] = running.largest[half];
      own[(2 + half) * 32] = running.sum[half];
    }
#pragma unroll
    for (int i = 0; i < D / 8; ++i) {
#pragma unroll
      for (int j = 0; j < 4; ++j) {
        own[(4 + i * 4 + j) * 32] = running.seen[i][j];
      }
    }
  }
  __syncthreads();
  if (key_warp > 0) {
    return false;
  }
#pragma unroll
  for (int other = 0; other < others; ++other) {
    merge(running, own + other * words);
  }
  return true;
}

// Writes a warp's rows: finished, or as a part that is still to be combined.
template <int D>
__device__ __forceinline__ void write(const Small& call, const Place& place, const Running<D>& running,
                                      int first_row) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int packed = place.first + first_row + lane / 4 + half * 8;
    if (packed >= place.count) {
      continue;
    }
    int64_t line = place.line(packed, call.heads);
    if (place.parts == 1) {
      const float factor = running.sum[half] > 0.f ? 1.f / running.sum[half] : 0.f;
      uint32_t* to = reinterpret_cast<uint32_t*>(call.seen + line * D + lane % 4 * 2);
#pragma unroll
      for (int i = 0; i < D / 8; ++i) {
        to[i * 4] = pair(running.seen[i][half * 2] * factor, running.seen[i][half * 2 + 1] * factor);
      }
    } else {
      line += place.part * call.rows * call.heads;
      float2* to = reinterpret_cast<float2*>(call.part_seen + line * D + lane % 4 * 2);
#pragma unroll
      for (int i = 0; i < D / 8; ++i) {
        to[i * 4] = make_float2(running.seen[i][half * 2], running.seen[i][half * 2 + 1]);
      }
      if (lane % 4 == 0) {
        call.part_sums[line] = make_float2(running.largest[half], running.sum[half]);
      }
    }
  }
}

// Puts together what the blocks of a cluster have seen of different keys, reading each other's shared memory: every
// block finishes its share of the rows' elements. The order of parts is fixed, so are the bits.
template <typename T>
__device__ __forceinline__ void combine_cluster(const Small& call, const Place& place, const Running<T::size>& running,
                                                bool holds, int first_row, float* shared) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 900
  constexpr int D = T::size;
  constexpr int width = D + 8;  // keeps the eight rows a warp writes at once in different banks
  static_assert(T::rows * (width + 2) * 4 <= T::ring_bytes);
  float2* sums = reinterpret_cast<float2*>(shared + T::rows * width);
  const int lane = threadIdx.x % 32;
  __syncthreads();  // nobody reads the ring, or another warp's part, any more
  if (holds) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
      const int row = first_row + lane / 4 + half * 8;
#pragma unroll
      for (int i = 0; i < D / 8; ++i) {
        *reinterpret_cast<float2*>(shared + row * width + i * 8 + lane % 4 * 2) =
            make_float2(running.seen[i][half * 2], running.seen[i][half * 2 + 1]);
      }
      if (lane % 4 == 0) {
        sums[row] = make_float2(running.largest[half], running.sum[half]);
      }
    }
  }
  const auto cluster = cooperative_groups::this_cluster();
  cluster.sync();
  for (int item = place.part * T::threads + threadIdx.x; item < T::rows * D / 4; item += call.parts * T::threads) {
    const int row = item / (D / 4);
    const int column = item % (D / 4) * 4;
    if (place.first + row >= place.count) {
      break;
    }
    float2 powers[kMostCluster];
    float4 part[kMostCluster];
    float largest = -INFINITY;
#pragma unroll
    for (int i = 0; i < kMostCluster; ++i) {
      if (i < place.parts) {
        powers[i] = *cluster.map_shared_rank(sums + row, i);
        part[i] = *reinterpret_cast<const float4*>(cluster.map_shared_rank(shared + row * width + column, i));
        largest = fmaxf(largest, powers[i].x);
      }
    }
    float4 sum = make_float4(0.f, 0.f, 0.f, 0.f);
    float total = 0.f;
#pragma unroll
    for (int i = 0; i < kMostCluster; ++i) {
      if (i < place.parts) {
        const float factor = power_of_two(powers[i].x - largest);
        total += factor * powers[i].y;
        sum.x += factor * part[i].x;
        sum.y += factor * part[i].y;
        sum.z += factor * part[i].z;
        sum.w += factor * part[i].w;
      }
    }
    const float inverse = 1.f / total;
    *reinterpret_cast<uint2*>(call.seen + place.line(place.first + row, call.heads) * D + column) =
        make_uint2(pair(sum.x * inverse, sum.y * inverse), pair(sum.z * inverse, sum.w * inverse));
  }
  cluster.sync();  // no block may end while another reads its memory
#endif
}

}  // namespace unmask
