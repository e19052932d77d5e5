package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The parts of a forward as the few vectors that cross to the program.
 *
 * @param ints what the device needs: tokens, angles and slots of all rows, segments, wanted rows
 * @param sizes of what is in {@code ints}
 * @param plan what the host side of the program needs
 * @param most rows and keys of the largest segment
 * @param late layer, rows and segments of each of {@code joining}
 * @param joining hidden states that rows join with, by rising layer
 * @param told layer, first row and rows of hidden states that are told, by rising layer
 */
record Packing(
    long[] ints,
    long[] sizes,
    long[] plan,
    long[] most,
    long[] late,
    List<IValue> joining,
    long[] told) {
  Packing {
    joining = List.copyOf(joining);
  }

  /** Of parts whose rows are the same in every layer, but for those that join late. */
  static Packing shared(List<Part.Shared> parts) {
    int[] before = before(parts.stream().map(Part::input).toList());
    var segments = new Segments();
    for (int i = 0; i < parts.size(); i++) {
      for (var segment : parts.get(i).segments()) {
        segments.add(segment, before[i]);
      }
    }
    var joining =
        parts.stream()
            .flatMap(part -> part.joining().stream())
            .sorted(Comparator.comparingInt(Part.Joining::layer))
            .toList();
    int row = before[parts.size()];
    for (var rows : joining) {
      segments.add(rows.segment(), row);
      row += rows.input().count();
    }
    var inputs =
        Stream.concat(parts.stream().map(Part::input), joining.stream().map(Part.Joining::input))
            .toList();
    long[] wanted = wanted(parts, before);
    return new Packing(
        concat(inputs(inputs), segments.table(), wanted),
        new long[] {row, segments.count(), wanted.length},
        segments.plan(),
        segments.most(),
        joining.stream()
            .flatMapToLong(rows -> LongStream.of(rows.layer(), rows.input().count(), 1))
            .toArray(),
        joining.stream().map(Part.Joining::hidden).toList(),
        told(parts, before));
  }

  /** Rising layers, and of one layer the parts in order. */
  private static long[] told(List<Part.Shared> parts, int[] before) {
    return IntStream.range(0, parts.size())
        .boxed()
        .flatMap(i ->
            parts.get(i).told().stream()
                .flatMap(told ->
                    IntStream.of(told.layers())
                        .mapToObj(layer -> new long[] {layer, before[i], told.rows()})))
        .sorted(Comparator.comparingLong(told -> told[0]))
        .flatMapToLong(LongStream::of)
        .toArray();
  }

  /** Segments as they are collected: what the device and what the host needs of them. */
  private static final class Segments {
    private final LongStream.Builder table = LongStream.builder();
    private final LongStream.Builder plan = LongStream.builder();
    private int count;
    private int rows = 1;
    private int keys = 1;

    void add(Segment segment, int before) {
      segment.table(before).forEach(table);
      segment.encode(before).forEach(plan);
      count++;
      rows = Math.max(rows, segment.rows());
      keys = Math.max(keys, segment.keys());
    }

    int count() {
      return count;
    }

    long[] table() {
      return table.build().toArray();
    }

    long[] plan() {
      return plan.build().toArray();
    }

    long[] most() {
      return new long[] {rows, keys};
    }
  }

  /** Of parts whose layers choose their rows. */
  static Packing layered(List<Part.Layered> parts) {
    int[] before = before(parts.stream().map(Part::input).toList());
    var plan = LongStream.builder();
    for (int i = 0; i < parts.size(); i++) {
      var part = parts.get(i);
      LongStream.of(
              before[i],
              part.input().count(),
              part.promptLength(),
              part.prompt() ? 1 : 0,
              part.response() ? 1 : 0,
              part.moved(),
              part.start(),
              part.outputsStart())
          .forEach(plan);
    }
    long[] wanted = wanted(parts, before);
    return new Packing(
        concat(inputs(parts.stream().map(Part::input).toList()), wanted),
        new long[] {before[parts.size()], wanted.length},
        plan.build().toArray(),
        new long[0],
        new long[0],
        List.of(),
        new long[0]);
  }

  /** Rows before each, and of all. */
  private static int[] before(List<Part.Input> inputs) {
    int[] before = new int[inputs.size() + 1];
    for (int i = 0; i < inputs.size(); i++) {
      before[i + 1] = before[i] + inputs.get(i).count();
    }
    return before;
  }

  /** Tokens of all, then their angles, then their slots. */
  private static long[] inputs(List<Part.Input> inputs) {
    int rows = inputs.stream().mapToInt(Part.Input::count).sum();
    long[] all = new long[3 * rows];
    int at = 0;
    for (var input : inputs) {
      for (int i = 0; i < input.count(); i++, at++) {
        all[at] = input.tokens()[i];
        all[rows + at] = input.angles()[i];
        all[2 * rows + at] = input.slots()[i];
      }
    }
    return all;
  }

  private static long[] wanted(List<? extends Part> parts, int[] before) {
    long[] wanted = new long[parts.stream().mapToInt(part -> part.wanted().length).sum()];
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      for (int row : parts.get(i).wanted()) {
        wanted[at++] = (long) before[i] + row;
      }
    }
    return wanted;
  }

  private static long[] concat(long[]... vectors) {
    return Stream.of(vectors).flatMapToLong(LongStream::of).toArray();
  }
}
