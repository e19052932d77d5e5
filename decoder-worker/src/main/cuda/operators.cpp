// Names and schemas: what a program calls by ops.unmask.<name>, and which of its tensors an operator writes.
#include "operators.h"

#include <torch/library.h>

TORCH_LIBRARY(unmask, m) {
  m.def("add_norm(Tensor(a!) hidden, Tensor? delta, Tensor scale, float epsilon) -> Tensor");
  m.def(
      "turn_store(Tensor projected, Tensor cosine, Tensor sine, Tensor angles, Tensor slots, Tensor(a!) keys, "
      "Tensor(b!) values, int heads) -> Tensor");
  m.def(
      "attend(Tensor query, Tensor keys, Tensor values, Tensor segments, int most_rows, int most_keys) -> Tensor");
  m.def("gated(Tensor both) -> Tensor");
  m.def("best(Tensor logits, int barred) -> Tensor");
}

TORCH_LIBRARY_IMPL(unmask, CUDA, m) {
  m.impl("add_norm", unmask::add_norm);
  m.impl("turn_store", unmask::turn_store);
  m.impl("attend", unmask::attend);
  m.impl("gated", unmask::gated);
  m.impl("best", unmask::best);
}
