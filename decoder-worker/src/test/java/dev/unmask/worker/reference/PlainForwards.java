package dev.unmask.worker.reference;

import dev.unmask.worker.reference.PlainLayer.Keyed;
import dev.unmask.worker.rows.Mechanism;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The layers of a model with what one request has stored in them: each mechanism as its paper tells
 * it, layer by layer and row by row.
 */
final class PlainForwards {
  private final PlainModel model;
  private final int length;
  private final int padding;
  private final PlainStore[] stores;
  private float[] importance = {};
  private int[][] chosen = {};
  private int rowsOfLayers;

  PlainForwards(PlainModel model, int length, int padding) {
    this.model = model;
    this.length = length;
    this.padding = padding;
    stores =
        model.layers.stream()
            .map(layer -> new PlainStore(layer, length))
            .toArray(PlainStore[]::new);
  }

  /** Hidden states of all rows after the last layer; rows of a shadow follow the canvas's. */
  float[][] run(int[] rows, int[] tokens, Mechanism mechanism) {
    chosen = new int[0][];
    rowsOfLayers = 0;
    float[][] hidden = Arrays.stream(tokens).mapToObj(model::embedded).toArray(float[][]::new);
    return switch (mechanism) {
      case Mechanism.Fresh _ -> fresh(rows, hidden);
      case Mechanism.Overwrite(boolean rollout) -> overwrite(rows, hidden, rollout);
      case Mechanism.BlockCausal causal -> blockCausal(rows, hidden, causal);
      case Mechanism.LayerRefresh refresh -> layerRefresh(hidden, refresh);
      case Mechanism.Retain retain -> retain(rows, hidden, retain);
      case Mechanism.Retained _ -> retained(rows, hidden);
      case Mechanism.Shadow(int start, int end) -> shadow(rows, hidden, start, end);
    };
  }

  private float[][] fresh(int[] rows, float[][] hidden) {
    for (var layer : model.layers) {
      pass(layer, rows, hidden, keyed(layer, rows, hidden));
    }
    return hidden;
  }

  private float[][] overwrite(int[] rows, float[][] hidden, boolean rollout) {
    var product = new PlainRollout(length);
    for (int i = 0; i < stores.length; i++) {
      var layer = model.layers.get(i);
      stores[i].write(rows, keyed(layer, rows, hidden));
      float[][] shares = pass(layer, rows, hidden, stores[i].keyed());
      if (rollout) {
        product.through(rows, shares);
      }
    }
    importance = rollout ? product.columnSums() : importance;
    return hidden;
  }

  private float[][] blockCausal(int[] rows, float[][] hidden, Mechanism.BlockCausal causal) {
    int end = causal.end(rows[rows.length - 1], length);
    for (int i = 0; i < stores.length; i++) {
      var layer = model.layers.get(i);
      stores[i].write(rows, keyed(layer, rows, hidden));
      Mask mask = (row, key) -> key < causal.end(rows[row], length);
      pass(layer, rows, hidden, stores[i].keyed(end), mask);
    }
    return hidden;
  }

  private float[][] layerRefresh(float[][] hidden, Mechanism.LayerRefresh refresh) {
    int[] canvas = IntStream.range(0, length).toArray();
    boolean chooses = !refresh.response() && refresh.moved().isPresent();
    chosen = new int[chooses ? stores.length - 1 : 0][];
    for (int i = 0; i < stores.length; i++) {
      int[] rows = canvas;
      if (i > 0) {
        int[] moved =
            chooses
                ? stores[i].moved(hidden, refresh.promptLength(), refresh.moved().getAsInt())
                : new int[0];
        rows = rows(refresh, moved);
        if (chooses) {
          chosen[i - 1] = moved;
        }
      }
      rowsOfLayers += rows.length;
      stores[i].renew(rows, hidden);
      stores[i].pass(hidden);
    }
    return hidden;
  }

  private int[] rows(Mechanism.LayerRefresh refresh, int[] moved) {
    var prompt = IntStream.range(0, refresh.prompt() ? refresh.promptLength() : 0);
    var response =
        refresh.response() ? IntStream.range(refresh.promptLength(), length) : IntStream.of(moved);
    return IntStream.concat(prompt, response).toArray();
  }

  private float[][] retain(int[] rows, float[][] hidden, Mechanism.Retain retain) {
    chosen = new int[stores.length][];
    for (int i = 0; i < stores.length; i++) {
      var layer = model.layers.get(i);
      var keyed = keyed(layer, rows, hidden);
      if (retain.beside()) {
        stores[i].write(rows, keyed);
        keyed = stores[i].keyed();
      }
      chosen[i] = new PlainRetention(layer, retain).kept(rows, queries(layer, rows, hidden), keyed);
      stores[i].keep(chosen[i], keyed);
      pass(layer, rows, hidden, keyed);
    }
    return hidden;
  }

  private float[][] retained(int[] rows, float[][] hidden) {
    for (int i = 0; i < stores.length; i++) {
      var layer = model.layers.get(i);
      pass(layer, rows, hidden, stores[i].kept().and(keyed(layer, rows, hidden)));
    }
    return hidden;
  }

  private float[][] shadow(int[] rows, float[][] hidden, int start, int end) {
    int[] span = IntStream.range(start, end).toArray();
    int[] positions = IntStream.concat(Arrays.stream(rows), Arrays.stream(span)).toArray();
    float[][] both = Arrays.copyOf(hidden, positions.length);
    for (int i = length; i < both.length; i++) {
      both[i] = model.embedded(model.traits().maskToken());
    }
    for (var layer : model.layers) {
      pass(
          layer,
          positions,
          both,
          keyed(layer, positions, both),
          (row, key) -> row < length ? key < length : key != positions[row]);
    }
    return both;
  }

  /** Which key a row sees; both are counted in the order they are fed. */
  private interface Mask {
    boolean sees(int row, int key);
  }

  private float[][] pass(PlainLayer layer, int[] rows, float[][] hidden, Keyed keyed) {
    return pass(layer, rows, hidden, keyed, (_, key) -> key >= padding);
  }

  /** Takes rows through a layer; returns their attention weights. */
  private float[][] pass(PlainLayer layer, int[] rows, float[][] hidden, Keyed keyed, Mask mask) {
    rowsOfLayers += rows.length;
    float[][] queries = queries(layer, rows, hidden);
    float[][] shares = new float[rows.length][keyed.keys().length];
    // Rows do not see each other here, so they may run side by side.
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(row -> {
          PlainLayer.Sight sight = key -> mask.sees(row, key);
          PlainMath.add(layer.attended(queries[row], keyed, sight, shares[row]), hidden[row]);
          PlainMath.add(layer.mixed(hidden[row]), hidden[row]);
        });
    return shares;
  }

  private float[][] queries(PlainLayer layer, int[] rows, float[][] hidden) {
    return IntStream.range(0, rows.length)
        .mapToObj(i -> layer.query(hidden[i], angle(rows[i])))
        .toArray(float[][]::new);
  }

  private Keyed keyed(PlainLayer layer, int[] rows, float[][] hidden) {
    var keyed = new Keyed(new float[rows.length][], new float[rows.length][]);
    for (int i = 0; i < rows.length; i++) {
      keyed.keys()[i] = layer.key(hidden[i], angle(rows[i]));
      keyed.values()[i] = layer.value(hidden[i]);
    }
    return keyed;
  }

  /** LLaDA's positions skip padding, Dream's count it. */
  private int angle(int position) {
    boolean skips = model.traits().predictionShift() == 0;
    return skips ? Math.max(0, position - padding) : position;
  }

  /** Attention rollout of the last step that was asked for it. */
  float[] importance() {
    return importance;
  }

  /** Positions each layer chose in the last step. */
  int[][] chosen() {
    return chosen;
  }

  /** Rows of the last step, the mean over the layers, rounded up. */
  int rowsComputed() {
    return Math.ceilDiv(rowsOfLayers, stores.length);
  }
}
