package dev.unmask.worker.reference;

import dev.unmask.worker.reference.PlainLayer.Keyed;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What one layer keeps of a canvas: keys, values, outputs, and what it retained. */
final class PlainStore {
  private final PlainLayer layer;
  private final Keyed keyed;
  private final float[][] attended;
  private final float[][] mixed;
  private Keyed kept = new Keyed(new float[0][], new float[0][]);

  PlainStore(PlainLayer layer, int length) {
    this.layer = layer;
    keyed = new Keyed(new float[length][], new float[length][]);
    attended = new float[length][];
    mixed = new float[length][];
  }

  /** Overwrites rows. */
  void write(int[] rows, Keyed fresh) {
    for (int i = 0; i < rows.length; i++) {
      keyed.keys()[rows[i]] = fresh.keys()[i];
      keyed.values()[rows[i]] = fresh.values()[i];
    }
  }

  /** Keys and values of the whole canvas. */
  Keyed keyed() {
    return keyed(keyed.keys().length);
  }

  /** Keys and values of leading positions. */
  Keyed keyed(int end) {
    float[][] keys = Arrays.copyOf(keyed.keys(), end);
    if (Arrays.asList(keys).contains(null)) {
      throw new IllegalStateException("a key is neither fresh nor stored");
    }
    return new Keyed(keys, Arrays.copyOf(keyed.values(), end));
  }

  /** Keeps some rows of keys and values beside. */
  void keep(int[] rows, Keyed fresh) {
    kept =
        new Keyed(
            Arrays.stream(rows).mapToObj(row -> fresh.keys()[row]).toArray(float[][]::new),
            Arrays.stream(rows).mapToObj(row -> fresh.values()[row]).toArray(float[][]::new));
  }

  Keyed kept() {
    return kept;
  }

  /**
   * dLLM-Cache's choice: takes the values of the whole response afresh and returns the positions
   * where they are least like those stored.
   */
  int[] moved(float[][] hidden, int promptLength, int count) {
    double[] likeness = new double[hidden.length];
    for (int position = promptLength; position < hidden.length; position++) {
      float[] fresh = layer.value(hidden[position]);
      likeness[position] = PlainMath.cosine(fresh, keyed.values()[position]);
      keyed.values()[position] = fresh;
    }
    return IntStream.range(promptLength, hidden.length)
        .boxed()
        .sorted(Comparator.comparingDouble(position -> likeness[position]))
        .limit(count)
        .mapToInt(position -> position)
        .sorted()
        .toArray();
  }

  /** Computes rows of the canvas and keeps all that comes of them. */
  void renew(int[] rows, float[][] hidden) {
    for (int row : rows) {
      keyed.keys()[row] = layer.key(hidden[row], row);
      keyed.values()[row] = layer.value(hidden[row]);
    }
    for (int row : rows) {
      float[] share = new float[hidden.length];
      attended[row] = layer.attended(layer.query(hidden[row], row), keyed, _ -> true, share);
      mixed[row] = layer.mixed(PlainMath.sum(hidden[row], attended[row]));
    }
  }

  /** Takes all rows through the layer, by what is kept of it. */
  void pass(float[][] hidden) {
    for (int row = 0; row < hidden.length; row++) {
      PlainMath.add(attended[row], hidden[row]);
      PlainMath.add(mixed[row], hidden[row]);
    }
  }
}
