// attend_small for heads of 64; one file a size, so that they compile side by side.
#include "attend_small.cuh"

namespace unmask {

void attend_small_64(const Attention& call, at::Tensor& seen, int parts) { attend_small<64>(call, seen, parts); }

}  // namespace unmask
