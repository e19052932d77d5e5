// Where a block of attend_small stands: its tile of rows, its part of the keys, and how it asks for them.
#pragma once

#include "attend.h"
#include "attend_mma.cuh"
#include "attend_parts.h"
#include "launch.h"

namespace unmask {

constexpr int kMostCluster = 8;  // blocks of a cluster that every Hopper device can place

struct Small {
  const __nv_bfloat16* query;
  const __nv_bfloat16* keys;
  const __nv_bfloat16* values;
  const Segment* segments;
  __nv_bfloat16* seen;
  float* part_seen;
  float2* part_sums;
  int64_t rows;
  int heads;
  int kv;
  int parts;
  bool clustered;  // the parts are one cluster, which puts them together itself
  float scale;     // of scores, times log2(e): powers of two are what the chip computes
};

// Shape of a block. A deep one asks for many tiles ahead: where blocks are too few to fill the device, each must keep
// more of memory's bandwidth busy. A wide one leaves room for more blocks on its multiprocessor.
template <int D, int ROW_WARPS, bool DEEP>
struct Tile {
  static constexpr int size = D;
  static constexpr int rows = 16 * ROW_WARPS;
  static constexpr int row_warps = ROW_WARPS;
  static constexpr bool deep = DEEP;
  static constexpr int warps = 4;  // eight were slower, on an H200, by a fifth: they add merges and fixed work
  static constexpr int threads = warps * 32;
  static constexpr int key_warps = warps / ROW_WARPS;
  static constexpr int keys = 64;
  static constexpr int warp_keys = keys / key_warps;
  static constexpr int ring = DEEP ? 6 : 3;  // halves of tiles
  static constexpr int half_bytes = keys * D * 2;
  static constexpr int ring_bytes = ring * half_bytes;
  static constexpr int bytes = ring_bytes + rows * D * 2;
  static constexpr int blocks = DEEP ? 2 : ROW_WARPS == 4 ? 3 : 4;  // a multiprocessor, by registers, shared memory
};

// Where a block stands: which rows of which head, which keys.
struct Place {
  Segment segment;
  int group;
  int kv;
  int first;   // of the tile, in rows x group
  int count;   // rows x group of the segment
  int part;
  int parts;
  int begin;   // tiles of keys
  int end;

  // Index of a tile's row in [R][heads].
  __device__ __forceinline__ int64_t line(int packed, int heads) const {
    return (segment.first_row + packed / group) * heads + kv * group + packed % group;
  }
};

template <typename T>
__device__ __forceinline__ Place find(const Small& call) {
  Place place;
  place.segment = call.segments[blockIdx.z];
  place.group = call.heads / call.kv;
  place.kv = blockIdx.y;
  place.part = blockIdx.x % call.parts;
  place.first = blockIdx.x / call.parts * T::rows;
  place.count = static_cast<int>(place.segment.rows) * place.group;
  const int share = part_tiles(place.segment.keys, T::keys, call.parts);
  place.parts = part_count(place.segment.keys, T::keys, call.parts);
  place.begin = place.part * share;
  place.end = min(place.begin + share, static_cast<int>(ceil_div(place.segment.keys, T::keys)));
  return place;
}

// Asks for a tile of queries; rows beyond the segment's are zero.
template <typename T>
__device__ __forceinline__ void ask_queries(const Small& call, const Place& place, uint32_t to) {
  constexpr int pieces = T::size / 8;
#pragma unroll
  for (int i = threadIdx.x; i < T::rows * pieces; i += T::threads) {
    const int row = i / pieces;
    const int piece = i % pieces;
    const int packed = place.first + row;
    const bool present = packed < place.count;
    const int64_t line = place.line(present ? packed : 0, call.heads);
    copy_async(to + swizzle<T::size>(row, piece), call.query + line * T::size + piece * 8, present);
  }
}

// Asks for a tile of keys or values; what lies beyond the segment's keys is zero.
template <typename T>
__device__ __forceinline__ void ask_tile(const __nv_bfloat16* from, const Small& call, const Place& place, int tile,
                                         uint32_t to) {
  constexpr int pieces = T::size / 8;
  constexpr int rows = T::threads / pieces;
  const int piece = threadIdx.x % pieces;
  const int64_t keys = place.segment.keys - static_cast<int64_t>(tile) * T::keys;
  const int64_t step = static_cast<int64_t>(call.kv) * T::size;
  from += (place.segment.first_slot + static_cast<int64_t>(tile) * T::keys) * step + place.kv * T::size + piece * 8;
#pragma unroll
  for (int i = 0; i < T::keys / rows; ++i) {
    const int row = i * rows + threadIdx.x / pieces;
    const bool present = row < keys;
    copy_async(to + swizzle<T::size>(row, piece), present ? from + row * step : from, present);
  }
}

}  // namespace unmask
