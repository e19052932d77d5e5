package dev.unmask.client.evaluation.report.page;

/** Names where there is little room. */
final class Labels {
  private static final int MOST = 24;

  private Labels() {}

  /** A name, cut when it is too long for a picture. */
  static String shortened(String name) {
    int length = name.codePointCount(0, name.length());
    return length <= MOST ? name : name.substring(0, name.offsetByCodePoints(0, MOST - 1)) + "…";
  }
}
