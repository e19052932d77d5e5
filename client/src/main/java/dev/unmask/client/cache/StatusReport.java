package dev.unmask.client.cache;

import dev.unmask.pagecache.v1.GetStatisticsResponse;
import java.io.PrintStream;

/** A cache-service's statistics for people. */
record StatusReport(GetStatisticsResponse statistics) {
  void print(PrintStream out) {
    out.printf("%12s %10s %10s%n", "SLOT BYTES", "SLOTS", "USED");
    for (var slots : statistics.getSlotClassesList()) {
      out.printf("%,12d %,10d %,10d%n", slots.getSlotBytes(), slots.getSlots(), slots.getUsed());
    }
    out.printf("%n%-24s %8s %16s %16s %16s%n", "NAMESPACE", "STATES", "BYTES", "QUOTA", "PINNED");
    for (var use : statistics.getNamespacesList()) {
      out.printf(
          "%-24s %,8d %,16d %16s %,16d%n",
          use.getNamespace(),
          use.getStates(),
          use.getBytes(),
          use.getQuotaBytes() == 0 ? "–" : "%,d".formatted(use.getQuotaBytes()),
          use.getPinnedBytes());
    }
    out.printf(
        "%npages: %,d found, %,d absent, %,d stored, %,d present, %,d refused, %,d quarantined;"
            + " %,d bytes read; states evicted: %,d (%s)%n",
        statistics.getFound(),
        statistics.getAbsent(),
        statistics.getStored(),
        statistics.getPresent(),
        statistics.getRefused(),
        statistics.getQuarantined(),
        statistics.getBytesRead(),
        statistics.getEvictedStates(),
        statistics.getEvictionPolicy());
  }
}
