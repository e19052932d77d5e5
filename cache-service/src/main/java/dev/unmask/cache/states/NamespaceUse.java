package dev.unmask.cache.states;

/**
 * What a namespace holds.
 *
 * @param namespace its name
 * @param states how many
 * @param bytes slots that hold a page or are being written, times their size
 * @param quotaBytes most it may hold; 0: as much as there is
 * @param pinnedBytes of it, pinned by an operator
 */
public record NamespaceUse(
    String namespace, int states, long bytes, long quotaBytes, long pinnedBytes) {
  static NamespaceUse of(String namespace, Holding holding) {
    long pinned =
        holding.states.values().stream()
            .filter(state -> state.pinned)
            .mapToLong(StoredState::totalBytes)
            .sum();
    return new NamespaceUse(
        namespace, holding.states.size(), holding.bytes, holding.quotaBytes, pinned);
  }
}
