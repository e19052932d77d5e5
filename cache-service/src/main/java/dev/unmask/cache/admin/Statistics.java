package dev.unmask.cache.admin;

import dev.unmask.cache.api.SlotMessages;
import dev.unmask.cache.slab.SlotUse;
import dev.unmask.cache.states.StateUse;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.pagecache.v1.GetStatisticsResponse;
import dev.unmask.pagecache.v1.NamespaceUse;
import dev.unmask.pagecache.v1.StoredState;
import java.util.List;

/**
 * A store at a moment.
 *
 * @param slots smallest first
 * @param namespaces by name
 * @param counts of calls
 * @param evictedStates given up
 * @param policy that chooses them
 */
public record Statistics(
    List<SlotUse> slots,
    List<dev.unmask.cache.states.NamespaceUse> namespaces,
    StoreCounts.Snapshot counts,
    long evictedStates,
    String policy) {
  GetStatisticsResponse toMessage() {
    var response =
        GetStatisticsResponse.newBuilder()
            .setFound(counts.found())
            .setAbsent(counts.absent())
            .setBytesRead(counts.bytesRead())
            .setStored(counts.stored())
            .setPresent(counts.present())
            .setRefused(counts.refused())
            .setQuarantined(counts.quarantined())
            .setEvictedStates(evictedStates)
            .setEvictionPolicy(policy);
    slots.forEach(use -> response.addSlotClasses(SlotMessages.of(use)));
    namespaces.forEach(use -> response.addNamespaces(toMessage(use)));
    return response.build();
  }

  static StoredState toMessage(StateUse state) {
    return StoredState.newBuilder()
        .setState(state.name().key().toMessage())
        .setPages(state.pages())
        .setBytes(state.bytes())
        .setCostMicros(state.costMicros())
        .setPinned(state.pinned())
        .build();
  }

  private static NamespaceUse toMessage(dev.unmask.cache.states.NamespaceUse use) {
    return NamespaceUse.newBuilder()
        .setNamespace(use.namespace())
        .setStates(use.states())
        .setBytes(use.bytes())
        .setQuotaBytes(use.quotaBytes())
        .setPinnedBytes(use.pinnedBytes())
        .build();
  }
}
