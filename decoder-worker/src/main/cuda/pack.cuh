// Loads and stores of N neighbouring elements at once, computed with in float32. A row whose length and start allow it
// moves 16 bytes an instruction; any other moves element by element (N = 1).
#pragma once

#include <c10/util/BFloat16.h>

#include <cstdint>

namespace unmask {

template <typename T>
constexpr int kPack = 16 / sizeof(T);

// At most 16 bytes aligned: a table of another type than the row's has packs of 32 bytes, moved in two halves.
template <typename T, int N>
struct alignas(sizeof(T) * N < 16 ? sizeof(T) * N : 16) Pack {
  T value[N];
};

template <int N, typename T>
__device__ __forceinline__ void load(const T* from, float (&to)[N]) {
  const Pack<T, N> pack = *reinterpret_cast<const Pack<T, N>*>(from);
#pragma unroll
  for (int i = 0; i < N; ++i) {
    to[i] = static_cast<float>(pack.value[i]);
  }
}

template <int N, typename T>
__device__ __forceinline__ void store(T* to, const float (&from)[N]) {
  Pack<T, N> pack;
#pragma unroll
  for (int i = 0; i < N; ++i) {
    pack.value[i] = static_cast<T>(from[i]);
  }
  *reinterpret_cast<Pack<T, N>*>(to) = pack;
}

template <int N, typename T>
__device__ __forceinline__ void copy(T* to, const T* from) {
  *reinterpret_cast<Pack<T, N>*>(to) = *reinterpret_cast<const Pack<T, N>*>(from);
}

// Whether rows of `width` elements from `start` on can be read in packs.
template <typename T>
bool packs(const void* start, int64_t width) {
  return width % kPack<T> == 0 && reinterpret_cast<uintptr_t>(start) % 16 == 0;
}

}  // namespace unmask
