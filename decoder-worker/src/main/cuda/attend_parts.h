// How a segment's keys are cut into parts: whole tiles, shared evenly, as many parts as that leaves non-empty.
#pragma once

#include "launch.h"

namespace unmask {

// Tiles of each part but the last.
inline __host__ __device__ int part_tiles(int64_t keys, int tile, int most) {
  return static_cast<int>(ceil_div(ceil_div(keys, tile), most));
}

// At least one, so that rows without keys are written too.
inline __host__ __device__ int part_count(int64_t keys, int tile, int most) {
  const int tiles = part_tiles(keys, tile, most);
  return tiles == 0 ? 1 : static_cast<int>(ceil_div(ceil_div(keys, tile), tiles));
}

}  // namespace unmask
