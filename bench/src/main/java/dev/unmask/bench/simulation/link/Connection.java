package dev.unmask.bench.simulation.link;

/** A call as those see it who can break it. */
interface Connection {
  /** What is under way is lost; both ends hear of it. */
  void broken();
}
