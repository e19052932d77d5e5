package dev.unmask.client.evaluation.grading;

/** Code between Markdown's fences. */
final class Fences {
  private static final String FENCE = "```";
  private static final String PYTHON = "```python";

  private Fences() {}

  /**
   * The first block of Python when that is the first block; otherwise all before the first fence,
   * because the prompt has opened one.
   */
  static String code(String answer) {
    int fence = answer.indexOf(FENCE);
    var code = answer;
    if (fence >= 0 && answer.startsWith(PYTHON, fence)) {
      code = answer.substring(fence + PYTHON.length());
      code = code.startsWith("\n") ? code.substring(1) : code;
    }
    int end = code.indexOf(FENCE);
    return end < 0 ? code : code.substring(0, end);
  }
}
