package dev.unmask.bench.simulation.model;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scripted keys as pages, and back. Each stands there four times, differently: as key and as value
 * of either layer. If one of them is not what it was, none is.
 */
final class PagesOfKeys {
  private static final PageLayout LAYOUT = ScriptedEngine.LAYOUT;

  private PagesOfKeys() {}

  static StoredForward write(Slots canvas, int from, int count, long[] predictions) {
    var forward = StoredForward.allocate(LAYOUT, count, predictions.length);
    for (int i = 0; i < count; i++) {
      put(forward, i, 0, canvas.get(from + i));
    }
    write(forward, predictions);
    return forward;
  }

  static void read(StoredForward forward, Slots canvas) {
    for (int i = 0; i < forward.positions(); i++) {
      canvas.put(i, get(forward, i, 0));
    }
  }

  static StoredForward list(Map<Integer, Long> kept, long[] predictions) {
    var forward = StoredForward.allocate(LAYOUT.listing(), kept.size(), predictions.length);
    int i = 0;
    for (var one : kept.entrySet()) {
      for (int layer = 0; layer < LAYOUT.layers(); layer++) {
        page(forward, layer, i).putInt(Integer.BYTES * (i % Limits.PAGE_SPAN), one.getKey());
      }
      put(forward, i, Integer.BYTES * length(forward, i), one.getValue());
      i++;
    }
    write(forward, predictions);
    return forward;
  }

  static Map<Integer, Long> listed(StoredForward forward) {
    var kept = new TreeMap<Integer, Long>();
    for (int i = 0; i < forward.positions(); i++) {
      int position = page(forward, 0, i).getInt(Integer.BYTES * (i % Limits.PAGE_SPAN));
      kept.put(position, get(forward, i, Integer.BYTES * length(forward, i)));
    }
    return kept;
  }

  static long[] predictions(StoredForward forward, int generation) {
    long[] predictions = new long[generation];
    forward.predictions().asLongBuffer().get(predictions);
    return predictions;
  }

  private static void write(StoredForward forward, long[] predictions) {
    forward.predictions().asLongBuffer().put(predictions);
  }

  private static void put(StoredForward forward, int index, int behind, long key) {
    for (int layer = 0; layer < LAYOUT.layers(); layer++) {
      var page = page(forward, layer, index);
      int at = behind + Long.BYTES * (index % Limits.PAGE_SPAN);
      page.putLong(at, key + layer);
      page.putLong(at + Long.BYTES * length(forward, index), ~key + layer);
    }
  }

  private static long get(StoredForward forward, int index, int behind) {
    long key = page(forward, 0, index).getLong(behind + Long.BYTES * (index % Limits.PAGE_SPAN));
    for (int layer = 0; layer < LAYOUT.layers(); layer++) {
      var page = page(forward, layer, index);
      int at = behind + Long.BYTES * (index % Limits.PAGE_SPAN);
      boolean same =
          page.getLong(at) == key + layer
              && page.getLong(at + Long.BYTES * length(forward, index)) == ~key + layer;
      if (!same) {
        return Script.mix(key);
      }
    }
    return key;
  }

  private static ByteBuffer page(StoredForward forward, int layer, int index) {
    return forward.page(layer, index / Limits.PAGE_SPAN);
  }

  private static int length(StoredForward forward, int index) {
    return LAYOUT.spanLength(index / Limits.PAGE_SPAN, forward.positions());
  }
}
