// Attention of segments of a few rows to many keys: what it takes is reading keys and values once. A block has a tile
// of rows of one key head (query heads that share it lie side by side as rows of the tile) and a part of the keys; tiles
// of 64 keys and their values stream through a ring of three in shared memory, two always under way, while warps keep
// softmax and output in registers (online softmax: Milakov and Gimelshein 2018; fused as in FlashAttention: Dao et al.
// 2022; cut over keys as in flash-decoding: Dao et al. 2023).
//
//   4 warps, by rows of the tile:  64 rows: 4 x 16, each warp all 64 keys
//                                  32 rows: 2 x 16, each warp half of the keys
//                                  16 rows: 1 x 16, each warp a quarter of the keys
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "attend.h"
#include "attend_mma.cuh"
#include "attend_parts.h"
#include "launch.h"

namespace unmask {
namespace {

constexpr int kKeys = 64;
constexpr int kWarps = 4;
constexpr int kThreads = kWarps * 32;
constexpr int kRing = 3;
constexpr int kMostParts = 32;

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
  float scale;  // of scores, times log2(e): powers of two are what the chip computes
};

template <int D, int ROW_WARPS>
struct Tile {
  static constexpr int rows = 16 * ROW_WARPS;
  static constexpr int key_warps = kWarps / ROW_WARPS;
  static constexpr int warp_keys = kKeys / key_warps;
  static constexpr int ring_bytes = kKeys * D * 2;
  static constexpr int bytes = kRing * ring_bytes + rows * D * 2;
  static constexpr int blocks = ROW_WARPS == kWarps ? 3 : 4;  // a multiprocessor, by registers and shared memory
};

// Sixteen rows of one warp: what they have seen so far, of the keys that are the warp's.
template <int D>
struct Running {
  float seen[D / 8][4] = {};
  float largest[2] = {-INFINITY, -INFINITY};  // rows l / 4 and 8 below, in powers of two
  float sum[2] = {};
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

template <int ROWS>
__device__ __forceinline__ Place find(const Small& call) {
  Place place;
  place.segment = call.segments[blockIdx.z];
  place.group = call.heads / call.kv;
  place.kv = blockIdx.y;
  place.part = blockIdx.x % call.parts;
  place.first = blockIdx.x / call.parts * ROWS;
  place.count = static_cast<int>(place.segment.rows) * place.group;
  const int share = part_tiles(place.segment.keys, kKeys, call.parts);
  place.parts = part_count(place.segment.keys, kKeys, call.parts);
  place.begin = place.part * share;
  place.end = min(place.begin + share, static_cast<int>(ceil_div(place.segment.keys, kKeys)));
  return place;
}

// Asks for a tile of queries; rows beyond the segment's are zero.
template <int D, int ROWS>
__device__ __forceinline__ void ask_queries(const Small& call, const Place& place, uint32_t to) {
  constexpr int pieces = D / 8;
#pragma unroll
  for (int i = threadIdx.x; i < ROWS * pieces; i += kThreads) {
    const int row = i / pieces;
    const int piece = i % pieces;
    const int packed = place.first + row;
    const bool present = packed < place.count;
    const int64_t line = place.line(present ? packed : 0, call.heads);
    copy_async(to + unmask::place<D>(row, piece), call.query + line * D + piece * 8, present);
  }
}

// Asks for a tile of keys or values; what lies beyond the segment's keys is zero.
template <int D>
__device__ __forceinline__ void ask_tile(const __nv_bfloat16* from, const Small& call, const Place& place, int tile,
                                         uint32_t to) {
  constexpr int pieces = D / 8;
  constexpr int rows = kThreads / pieces;
  const int piece = threadIdx.x % pieces;
  const int64_t keys = place.segment.keys - static_cast<int64_t>(tile) * kKeys;
  const int64_t step = static_cast<int64_t>(call.kv) * D;
  from += (place.segment.first_slot + static_cast<int64_t>(tile) * kKeys) * step + place.kv * D + piece * 8;
#pragma unroll
  for (int i = 0; i < kKeys / rows; ++i) {
    const int row = i * rows + threadIdx.x / pieces;
    const bool present = row < keys;
    copy_async(to + unmask::place<D>(row, piece), present ? from + row * step : from, present);
  }
}

// Scores of a warp's rows and keys.
template <int D, int KEYS>
__device__ __forceinline__ void score(float (&scores)[KEYS / 8][4], uint32_t queries, uint32_t keys, int first_row,
                                      int first_key) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int depth = 0; depth < D / 16; ++depth) {
    uint32_t a[4];
    load_matrices(a, queries + place<D>(first_row + lane % 16, depth * 2 + lane / 16));
#pragma unroll
    for (int key = 0; key < KEYS; key += 16) {
      uint32_t b[4];
      load_matrices(b, keys + place<D>(first_key + key + lane / 16 * 8 + lane % 8, depth * 2 + lane / 8 % 2));
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
      load_matrices_transposed(b, values + place<D>(first_key + key + lane % 16, column / 8 + lane / 16));
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
template <int D, int ROW_WARPS>
__device__ __forceinline__ bool merge_warps(Running<D>& running, float* shared) {
  constexpr int others = Tile<D, ROW_WARPS>::key_warps - 1;
  if constexpr (others == 0) {
    return true;
  }
  constexpr int words = (4 + D / 2) * 32;
  const int row_warp = threadIdx.x / 32 % ROW_WARPS;
  const int key_warp = threadIdx.x / 32 / ROW_WARPS;
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

template <int D, int ROW_WARPS>
__global__ void __launch_bounds__(kThreads, Tile<D, ROW_WARPS>::blocks) attend_small_kernel(Small call) {
  using T = Tile<D, ROW_WARPS>;
  extern __shared__ __align__(128) uint8_t shared[];
  const Place place = find<T::rows>(call);
  if (place.first >= place.count || place.part >= place.parts) {
    return;
  }
  const uint32_t ring = static_cast<uint32_t>(__cvta_generic_to_shared(shared));
  const uint32_t queries = ring + kRing * T::ring_bytes;
  const int first_row = threadIdx.x / 32 % ROW_WARPS * 16;
  const int first_key = threadIdx.x / 32 / ROW_WARPS * T::warp_keys;

  // Halves of tiles follow each other: keys, values, keys, values ... Every half is a group of copies, empty at the
  // end, so that waiting for all but one always means the same.
  const int halves = 2 * (place.end - place.begin);
  int asked = 0;
  uint32_t ask_to = ring;
  auto ask = [&] {
    if (asked < halves) {
      ask_tile<D>(asked % 2 == 0 ? call.keys : call.values, call, place, place.begin + asked / 2, ask_to);
    }
    commit_copies();
    ++asked;
    ask_to = ask_to == ring + 2 * T::ring_bytes ? ring : ask_to + T::ring_bytes;
  };
  ask_queries<D, T::rows>(call, place, queries);
  ask();
  ask();

  Running<D> running;
  uint32_t at = ring;
  auto next = [&] {
    wait_copies<1>();
    __syncthreads();  // this half is there for all, and all are done with the one before, whose place is asked into
    ask();
    const uint32_t half = at;
    at = at == ring + 2 * T::ring_bytes ? ring : at + T::ring_bytes;
    return half;
  };
  for (int tile = place.begin; tile < place.end; ++tile) {
    float scores[T::warp_keys / 8][4] = {};
    score<D, T::warp_keys>(scores, queries, next(), first_row, first_key);
    const int64_t left = place.segment.keys - static_cast<int64_t>(tile) * kKeys - first_key;
    if (left < T::warp_keys) {
      cut<T::warp_keys>(scores, static_cast<int>(left));
    }
    soften<D, T::warp_keys>(scores, running, call.scale);
    gather<D, T::warp_keys>(running, scores, next(), first_key);
  }
  wait_copies<0>();
  total(running);
  if (merge_warps<D, ROW_WARPS>(running, reinterpret_cast<float*>(shared))) {
    write(call, place, running, first_row);
  }
}

// How many parts: the fewest rounds of tiles over the chip, a part costing about what three tiles do for being
// started, written and read again.
template <int D, int ROW_WARPS>
int choose_parts(const Attention& call, int64_t blocks) {
  const int64_t places = multiprocessors() * Tile<D, ROW_WARPS>::blocks;
  const int64_t tiles = ceil_div(call.most_keys, kKeys);
  int best = 1;
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int parts = 1; parts <= std::min<int64_t>(tiles, kMostParts); ++parts) {
    const int64_t rounds = ceil_div(blocks * parts, places);
    const int64_t cost = 8 * rounds * ceil_div(tiles, parts) + (parts > 1 ? 20 + parts : 0);
    if (cost < least) {
      least = cost;
      best = parts;
    }
  }
  return best;
}

template <int D, int ROW_WARPS>
void launch(const Attention& call, at::Tensor& seen, int parts) {
  using T = Tile<D, ROW_WARPS>;
  const int64_t tiles = ceil_div(call.most_rows * call.group(), T::rows);
  if (parts == 0) {
    parts = choose_parts<D, ROW_WARPS>(call, tiles * call.kv() * call.count());
  }
  const int64_t lines = parts > 1 ? parts * call.rows() * call.heads() : 0;
  const auto floats = call.query.options().dtype(at::kFloat);
  at::Tensor part_seen = at::empty({lines, D}, floats);
  at::Tensor part_sums = at::empty({lines, 2}, floats);
  const Small arguments{reinterpret_cast<const __nv_bfloat16*>(call.query.const_data_ptr()),
                        reinterpret_cast<const __nv_bfloat16*>(call.keys.const_data_ptr()),
                        reinterpret_cast<const __nv_bfloat16*>(call.values.const_data_ptr()),
                        static_cast<const Segment*>(call.segments.const_data_ptr()),
                        reinterpret_cast<__nv_bfloat16*>(seen.data_ptr()),
                        part_seen.data_ptr<float>(),
                        reinterpret_cast<float2*>(part_sums.data_ptr()),
                        call.rows(),
                        static_cast<int>(call.heads()),
                        static_cast<int>(call.kv()),
                        parts,
                        1.4426950408889634f / std::sqrt(static_cast<float>(D))};
  const auto kernel = attend_small_kernel<D, ROW_WARPS>;
  C10_CUDA_CHECK(cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, T::bytes));
  kernel<<<dim3(tiles * parts, call.kv(), call.count()), kThreads, T::bytes, c10::cuda::getCurrentCUDAStream()>>>(
      arguments);
  C10_CUDA_KERNEL_LAUNCH_CHECK();
  if (parts > 1) {
    combine_parts(call, {arguments.part_seen, arguments.part_sums, parts, kKeys}, seen);
  }
}

template <int D>
void launch_rows(const Attention& call, at::Tensor& seen, int parts) {
  const int64_t rows = call.most_rows * call.group();
  if (rows <= 16) {
    launch<D, 1>(call, seen, parts);
  } else if (rows <= 32) {
    launch<D, 2>(call, seen, parts);
  } else {
    launch<D, 4>(call, seen, parts);
  }
}

}  // namespace

void attend_small(const Attention& call, at::Tensor& seen, int parts) {
  switch (call.size()) {
    case 32: return launch_rows<32>(call, seen, parts);
    case 64: return launch_rows<64>(call, seen, parts);
    default: return launch_rows<128>(call, seen, parts);
  }
}

}  // namespace unmask
