package dev.unmask.worker.drift;

/** How far a layer's states of a prefix drift from one request's forward to another's. */
record LayerDrift(int layer, Distance keys, Distance values, Distance hidden) {
  LayerDrift(int layer) {
    this(layer, new Distance(), new Distance(), new Distance());
  }

  void next() {
    keys.next();
    values.next();
    hidden.next();
  }
}
