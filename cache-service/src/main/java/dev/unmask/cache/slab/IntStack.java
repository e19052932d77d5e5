package dev.unmask.cache.slab;

/** Numbers, last in first out, at most so many. */
final class IntStack {
  private final int[] numbers;
  private int size;

  IntStack(int most) {
    numbers = new int[most];
  }

  void push(int number) {
    numbers[size++] = number;
  }

  int pop() {
    return numbers[--size];
  }

  int size() {
    return size;
  }
}
