package dev.unmask.client.top.scrape;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a line of Prometheus' text format: {@code name{label="value",…} number [time]}. */
final class SampleLine {
  private final String line;
  private int at;

  private SampleLine(String line) {
    this.line = line;
  }

  /**
   * The sample of a line that is neither empty nor a comment.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Sample read(String line) {
    return new SampleLine(line).sample();
  }

  private Sample sample() {
    var name = word("{ ");
    if (name.isEmpty()) {
      throw wrong();
    }
    var labels = here() == '{' ? labels() : Map.<String, String>of();
    skipSpaces();
    return new Sample(name, labels, number(word(" ")));
  }

  private Map<String, String> labels() {
    var labels = new LinkedHashMap<String, String>();
    at++;
    while (here() != '}') {
      var label = word("=");
      at++;
      labels.put(label.strip(), quoted());
      if (here() == ',') {
        at++;
      }
      skipSpaces();
    }
    at++;
    return labels;
  }

  private String quoted() {
    if (here() != '"') {
      throw wrong();
    }
    at++;
    var text = new StringBuilder();
    while (here() != '"') {
      char next = here();
      if (next == '\\') {
        at++;
        next = here() == 'n' ? '\n' : here();
      }
      text.append(next);
      at++;
    }
    at++;
    return text.toString();
  }

  /** Up to one of these, or the end. */
  private String word(String ends) {
    int from = at;
    while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
      at++;
    }
    return line.substring(from, at);
  }

  private void skipSpaces() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
  }

  private char here() {
    if (at >= line.length()) {
      throw wrong();
    }
    return line.charAt(at);
  }

  private double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> parsed(text);
    };
  }

  private double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong().getMessage(), e);
    }
  }

  private IllegalArgumentException wrong() {
    var shown = line.substring(0, Math.min(80, line.length()));
    return new IllegalArgumentException("no line of metrics: " + shown);
  }
}
