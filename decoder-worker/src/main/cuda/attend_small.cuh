// Attention of segments of a few rows to many keys: what it takes is reading keys and values once. A block has a tile
// of rows of one key head (query heads that share it lie side by side as rows of the tile) and a part of the keys;
// tiles of 64 keys and their values stream through a ring in shared memory, several always under way, while warps
// keep softmax and output in registers (online softmax: Milakov and Gimelshein 2018; fused as in FlashAttention: Dao
// et al. 2022; cut over keys as in flash-decoding: Dao et al. 2023).
//
// Warps share a tile by rows, 16 each, and then by keys:
//
//   64 rows: 4 x 1 warps   32 rows: 2 x 2   16 rows: 1 x 4
#pragma once

#include <ATen/ops/empty.h>

#include <algorithm>
#include <cmath>

#include "attend_merge.cuh"
#include "attend_softmax.cuh"
#include "attend_tile.cuh"

namespace unmask {

template <typename T>
__global__ void __launch_bounds__(T::threads, T::blocks) attend_small_kernel(Small call) {
  constexpr int D = T::size;
  extern __shared__ __align__(128) uint8_t shared[];
  wait_for_inputs();
  const Place place = find<T>(call);
  // The blocks of a cluster need each other to the end, those without keys too; a tile is theirs in common.
  const bool together = T::deep && call.clustered && place.parts > 1;
  if (place.first >= place.count || (place.part >= place.parts && !together)) {
    return;
  }
  const uint32_t ring = static_cast<uint32_t>(__cvta_generic_to_shared(shared));
  const uint32_t queries = ring + T::ring_bytes;
  const int first_row = threadIdx.x / 32 % T::row_warps * 16;
  const int first_key = threadIdx.x / 32 / T::row_warps * T::warp_keys;

  // Halves of tiles follow each other: keys, values, keys, values ... Every half is a group of copies, empty at the
  // end, so that waiting for all but the last ones always means the same.
  const int halves = 2 * (place.end - place.begin);
  int asked = 0;
  uint32_t ask_to = ring;
  auto ask = [&] {
    if (asked < halves) {
      ask_tile<T>(asked % 2 == 0 ? call.keys : call.values, call, place, place.begin + asked / 2, ask_to);
    }
    commit_copies();
    ++asked;
    ask_to = ask_to == ring + T::ring_bytes - T::half_bytes ? ring : ask_to + T::half_bytes;
  };
  ask_queries<T>(call, place, queries);
#pragma unroll
  for (int i = 0; i < T::ring - 1; ++i) {
    ask();
  }

  Running<D> running;
  uint32_t at = ring;
  auto next = [&] {
    wait_copies<T::ring - 2>();
    __syncthreads();  // this half is there for all, and all are done with the one before, whose place is asked into
    ask();
    const uint32_t half = at;
    at = at == ring + T::ring_bytes - T::half_bytes ? ring : at + T::half_bytes;
    return half;
  };
  for (int tile = place.begin; tile < place.end; ++tile) {
    float scores[T::warp_keys / 8][4] = {};
    score<D, T::warp_keys>(scores, queries, next(), first_row, first_key);
    const int64_t left = place.segment.keys - static_cast<int64_t>(tile) * T::keys - first_key;
    if (left < T::warp_keys) {
      cut<T::warp_keys>(scores, static_cast<int>(left));
    }
    soften<D, T::warp_keys>(scores, running, call.scale);
    gather<D, T::warp_keys>(running, scores, next(), first_key);
  }
  wait_copies<0>();
  total(running);
  const bool holds = merge_warps<T>(running, reinterpret_cast<float*>(shared));
  if (together) {
    combine_cluster<T>(call, place, running, holds, first_row, reinterpret_cast<float*>(shared));
  } else if (holds) {
    write(call, place, running, first_row);
  }
}

template <typename T>
void launch_small(const Attention& call, at::Tensor& seen, int parts) {
  constexpr auto kernel = attend_small_kernel<T>;
  const int64_t tiles = ceil_div(call.most_rows * call.group(), T::rows);
  const bool clustered = T::deep && parts > 1 && parts <= kMostCluster && on_hopper<kernel>();
  const bool apart = parts > 1 && !clustered;
  const int64_t lines = apart ? parts * call.rows() * call.heads() : 0;
  const auto floats = call.query.options().dtype(at::kFloat);
  at::Tensor part_seen = at::empty({lines, T::size}, floats);
  at::Tensor part_sums = at::empty({lines, 2}, floats);
  const Small arguments{static_cast<const __nv_bfloat16*>(call.query.const_data_ptr()),
                        static_cast<const __nv_bfloat16*>(call.keys.const_data_ptr()),
                        static_cast<const __nv_bfloat16*>(call.values.const_data_ptr()),
                        static_cast<const Segment*>(call.segments.const_data_ptr()),
                        static_cast<__nv_bfloat16*>(seen.data_ptr()),
                        part_seen.data_ptr<float>(),
                        reinterpret_cast<float2*>(part_sums.data_ptr()),
                        call.rows(),
                        static_cast<int>(call.heads()),
                        static_cast<int>(call.kv()),
                        parts,
                        clustered,
                        1.4426950408889634f / std::sqrt(static_cast<float>(T::size))};
  C10_CUDA_CHECK(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, T::bytes));
  const dim3 grid(tiles * parts, call.kv(), call.count());
  const int cluster = clustered ? parts : 1;
  launch_kernel<kernel>({.grid = grid, .threads = dim3(T::threads), .shared = T::bytes, .cluster = cluster}, arguments);
  if (apart) {
    combine_parts(call, {arguments.part_seen, arguments.part_sums, parts, T::keys}, seen);
  }
}

// As many parts as leave a multiprocessor for each block (more were slower: clusters then have to wait for room), and
// no more than a cluster can have or there are tiles. A power of two, as clusters of other sizes fit worse.
template <int D, int ROW_WARPS>
int choose_parts(const Attention& call, int64_t blocks) {
  const int64_t tiles = ceil_div(call.most_keys, Tile<D, ROW_WARPS, true>::keys);
  int parts = 1;
  while (parts < kMostCluster && 2 * parts <= tiles && 2 * parts * blocks <= multiprocessors()) {
    parts *= 2;
  }
  return parts;
}

template <int D, int ROW_WARPS>
void launch_rows(const Attention& call, at::Tensor& seen, int parts) {
  const int64_t blocks =
      ceil_div(call.most_rows * call.group(), Tile<D, ROW_WARPS, true>::rows) * call.kv() * call.count();
  if (parts == 0) {
    parts = choose_parts<D, ROW_WARPS>(call, blocks);
  }
  using Deep = Tile<D, ROW_WARPS, true>;
  // Some devices have too little shared memory for deep blocks.
  const bool fits = Deep::bytes <= device_attribute(cudaDevAttrMaxSharedMemoryPerBlockOptin);
  if (fits && blocks * parts <= multiprocessors() * Deep::blocks) {
    launch_small<Deep>(call, seen, parts);
  } else {
    launch_small<Tile<D, ROW_WARPS, false>>(call, seen, parts);
  }
}

template <int D>
void attend_small(const Attention& call, at::Tensor& seen, int parts) {
  const int64_t rows = call.most_rows * call.group();
  if (rows <= 16) {
    launch_rows<D, 1>(call, seen, parts);
  } else if (rows <= 32) {
    launch_rows<D, 2>(call, seen, parts);
  } else {
    launch_rows<D, 4>(call, seen, parts);
  }
}

}  // namespace unmask
