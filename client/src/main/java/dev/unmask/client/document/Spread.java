package dev.unmask.client.document;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Moves labels apart along one line, each as near to where it wants to be as order allows. */
public final class Spread {
  private Spread() {}

  /**
   * Places that keep a distance.
   *
   * @param wanted where each label would like to be
   * @param gap least distance of two labels
   * @param first least place
   * @param last largest place; there must be room for all
   * @return places in the order of {@code wanted}
   */
  public static double[] apart(double[] wanted, double gap, double first, double last) {
    if (first + (wanted.length - 1) * gap > last) {
      throw new IllegalArgumentException("no room for " + wanted.length + " labels");
    }
    var order =
        IntStream.range(0, wanted.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> wanted[i]))
            .toList();
    var places = Arrays.copyOf(wanted, wanted.length);
    double least = first;
    for (int label : order) {
      places[label] = Math.max(places[label], least);
      least = places[label] + gap;
    }
    double most = last;
    for (int label : order.reversed()) {
      places[label] = Math.min(places[label], most);
      most = places[label] - gap;
    }
    return places;
  }
}
