package dev.unmask.worker.serving.retained;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A listener that follows what it is told. */
final class HeardHoldings implements HoldingsListener {
  private final Set<Long> held = new HashSet<>();
  private final List<String> told = new ArrayList<>();

  Set<Long> held() {
    return held;
  }

  /** What was told after the snapshot. */
  List<String> told() {
    return told;
  }

  @Override
  public void all(Collection<Long> digests) {
    held.clear();
    held.addAll(digests);
  }

  @Override
  public void stored(Collection<Long> digests) {
    told.add("stored " + digests);
    held.addAll(digests);
  }

  @Override
  public void dropped(Collection<Long> digests) {
    told.add("dropped " + digests);
    held.removeAll(digests);
  }
}
