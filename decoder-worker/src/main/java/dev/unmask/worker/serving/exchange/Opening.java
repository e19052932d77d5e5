package dev.unmask.worker.serving.exchange;

import java.util.List;

/**
 * What a request begins with.
 *
 * @param stored leading positions whose final keys and values are in its state: whole blocks of a
 *     block-causal model; 0 with full attention
 * @param looked the look-ups that were made, in order
 */
public record Opening(int stored, List<Looked> looked) {
  public Opening {
    looked = List.copyOf(looked);
  }
}
