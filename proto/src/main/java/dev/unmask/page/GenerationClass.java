package dev.unmask.page;

/**
 * Generation lengths that are near enough to each other for lower layers to be shared: those from
 * half of a power of two, exclusive, to it; all up to 64 are one class.
 *
 * @param most longest of the class
 */
public record GenerationClass(int most) {
  private static final int LEAST = 64;

  public GenerationClass {
    if (most < LEAST || Integer.bitCount(most) != 1) {
      throw new IllegalArgumentException("a class ends at a power of two from 64, not at " + most);
    }
  }

  /**
   * The class of a length.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static GenerationClass of(int generationLength) {
    if (generationLength < 1) {
      throw new IllegalArgumentException("no generation has length " + generationLength);
    }
    int above = Integer.highestOneBit(Math.max(LEAST, generationLength) * 2 - 1);
    return new GenerationClass(above);
  }
}
