package dev.unmask.worker.engine.forward;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The parts of a forward as the few vectors that cross to the program.
 *
 * @param ints what the device needs: tokens, angles and slots of all rows, segments, wanted rows
 * @param sizes of what is in {@code ints}
 * @param plan what the host side of the program needs
 * @param most rows and keys of the largest segment
 */
record Packing(long[] ints, long[] sizes, long[] plan, long[] most) {
  /** Of parts whose rows are the same in every layer. */
  static Packing shared(List<Part.Shared> parts) {
    int[] before = before(parts);
    var tables = LongStream.builder();
    var plan = LongStream.builder();
    int segments = 0;
    int rows = 1;
    int keys = 1;
    for (int i = 0; i < parts.size(); i++) {
      for (var segment : parts.get(i).segments()) {
        segment.table(before[i]).forEach(tables);
        segment.encode(before[i]).forEach(plan);
        segments++;
        rows = Math.max(rows, segment.rows());
        keys = Math.max(keys, segment.keys());
      }
    }
    long[] wanted = wanted(parts, before);
    return new Packing(
        concat(inputs(parts), tables.build().toArray(), wanted),
        new long[] {before[parts.size()], segments, wanted.length},
        plan.build().toArray(),
        new long[] {rows, keys});
  }

  /** Of parts whose layers choose their rows. */
  static Packing layered(List<Part.Layered> parts) {
    int[] before = before(parts);
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
        concat(inputs(parts), wanted),
        new long[] {before[parts.size()], wanted.length},
        plan.build().toArray(),
        new long[0]);
  }

  /** Rows before each part, and of all. */
  private static int[] before(List<? extends Part> parts) {
    int[] before = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      before[i + 1] = before[i] + parts.get(i).input().count();
    }
    return before;
  }

  /** Tokens of all parts, then their angles, then their slots. */
  private static long[] inputs(List<? extends Part> parts) {
    int rows = parts.stream().mapToInt(part -> part.input().count()).sum();
    long[] inputs = new long[3 * rows];
    int at = 0;
    for (var part : parts) {
      var input = part.input();
      for (int i = 0; i < input.count(); i++, at++) {
        inputs[at] = input.tokens()[i];
        inputs[rows + at] = input.angles()[i];
        inputs[2 * rows + at] = input.slots()[i];
      }
    }
    return inputs;
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
