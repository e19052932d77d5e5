package dev.unmask.bench.blocks.device;

import dev.unmask.bench.blocks.device.Samples.Of;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A run's samples as Markdown: hit against miss by length, and how often the choice was right.
 *
 * @param samples of the run
 */
record Tables(Samples samples) {
  /** What chooses, and what always goes the same way. */
  private static final Map<Way, Way> FETCHING =
      Map.of(Way.MAPPED_BY_CHOICE, Way.MAPPED, Way.STREAMED_BY_CHOICE, Way.STREAMED);

  /** Ways that differ by less are equally fast. */
  private static final double TIE = 1.1;

  void print(String shape) {
    System.out.printf("## %s, random weights%n%n", shape);
    hits();
    choices();
    steps();
  }

  private void hits() {
    System.out.println(
        "| prompt | computed (ms) | with a cache-service | copied on the device | sooner | mapped"
            + " slab | sooner | estimated: fetching, computing | gRPC | sooner | estimated |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (int length : DeviceBlocks.LENGTHS) {
      var miss = samples.median(Of.MISS, Way.DEVICE, length, Sample::firstBlock);
      var cells = new ArrayList<String>();
      cells.add(Integer.toString(length));
      cells.add(text(miss));
      cells.add(text(samples.median(Of.MISS_WITH_CACHE, Way.MAPPED, length, Sample::firstBlock)));
      for (var way : List.of(Way.DEVICE, Way.MAPPED, Way.STREAMED)) {
        var hit = samples.median(Of.HIT, way, length, Sample::firstBlock);
        cells.add(text(hit));
        cells.add(text(miss.orElse(0) / hit.orElse(Double.NaN)) + "×");
        if (way != Way.DEVICE) {
          cells.add(estimates(Of.HIT, way, length));
        }
      }
      row(cells);
    }
    System.out.println();
  }

  private String estimates(Of of, Way way, int length) {
    return text(samples.median(of, way, length, Sample::fetch))
        + ", "
        + text(samples.median(of, way, length, Sample::compute));
  }

  private void choices() {
    System.out.println(
        "| way | prompt | looked up | fetched | estimated: fetching, computing (ms) | first block:"
            + " fetched, computed (ms) | right |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (var way : List.of(Way.MAPPED_BY_CHOICE, Way.STREAMED_BY_CHOICE)) {
      int right = 0;
      for (int length : DeviceBlocks.LENGTHS) {
        var here =
            samples.all(Of.CHOICE, way).stream().filter(one -> one.length() == length).toList();
        var fetching = samples.median(Of.HIT, FETCHING.get(way), length, Sample::firstBlock);
        var computing = computing(length);
        int good = (int) here.stream().filter(one -> right(one, fetching, computing)).count();
        right += good;
        row(
            List.of(
                way.toString(),
                Integer.toString(length),
                Integer.toString(here.size()),
                Long.toString(here.stream().filter(Sample::fetched).count()),
                estimates(Of.CHOICE, way, length),
                text(fetching) + ", " + text(computing),
                Integer.toString(good)));
      }
      System.out.printf(
          "| %s | all | %d | | | | **%d** |%n", way, samples.all(Of.CHOICE, way).size(), right);
    }
    System.out.println();
  }

  /** Of those that looked up, found all and chose to compute, whatever the way. */
  private OptionalDouble computing(int length) {
    var declined =
        FETCHING.keySet().stream()
            .flatMap(way -> samples.all(Of.CHOICE, way).stream())
            .filter(one -> one.length() == length && !one.fetched())
            .toList();
    return declined.isEmpty()
        ? samples.median(Of.MISS, Way.DEVICE, length, Sample::firstBlock)
        : Samples.median(declined, Sample::firstBlock);
  }

  private static boolean right(Sample one, OptionalDouble fetching, OptionalDouble computing) {
    double taken = (one.fetched() ? fetching : computing).orElse(Double.NaN);
    double other = (one.fetched() ? computing : fetching).orElse(Double.NaN);
    return taken <= other * TIE;
  }

  private void steps() {
    System.out.printf(
        "A step behind the first block: %s ms.%n%n",
        text(Samples.median(samples.all(Of.LONG, Way.DEVICE), Sample::step)));
  }

  private static void row(List<String> cells) {
    System.out.println("| " + String.join(" | ", Collections.unmodifiableList(cells)) + " |");
  }

  private static String text(OptionalDouble value) {
    return text(value.orElse(Double.NaN));
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "–" : "%.1f".formatted(value);
  }
}
