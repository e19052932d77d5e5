package dev.unmask.client.evaluation.grading;

/** Text for a person's one line. */
final class Lines {
  private static final int CHARACTERS = 160;

  private Lines() {}

  static String brief(String text) {
    var line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= CHARACTERS ? line : line.substring(0, CHARACTERS) + "…";
  }
}
