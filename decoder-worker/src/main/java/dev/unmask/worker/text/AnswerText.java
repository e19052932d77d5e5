package dev.unmask.worker.text;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The text of an answer as it grows, told in pieces that are never taken back. What may still
 * change is held back: a cut UTF-8 sequence, and a tail that could begin a stop string. Used by one
 * thread at a time.
 */
public final class AnswerText {
  private static final char REPLACEMENT = '\uFFFD';

  private final Function<int[], String> decoder;
  private final Set<Integer> endTokens;
  private final List<String> stopStrings;
  private final int openStart;
  private String told = "";
  private boolean ended;
  private boolean stopped;
  private int length;

  /**
   * Starts with no text.
   *
   * @param decoder text of tokens without special tokens
   * @param endTokens ids that end the answer; they and what follows are not part of the text
   * @param stopStrings the text ends before the first of these
   */
  public AnswerText(
      Function<int[], String> decoder, Set<Integer> endTokens, List<String> stopStrings) {
    this(decoder, endTokens, stopStrings, 0);
  }

  /**
   * Starts with no text.
   *
   * @param openStart first position of the answer at which an end token ends it; one left of that
   *     is no text, but others follow it
   */
  public AnswerText(
      Function<int[], String> decoder,
      Set<Integer> endTokens,
      List<String> stopStrings,
      int openStart) {
    this.openStart = openStart;
    this.decoder = decoder;
    this.endTokens = endTokens;
    this.stopStrings = stopStrings;
  }

  /**
   * Tells what is new.
   *
   * @param known all final tokens of the answer so far, from its first position
   * @param last whether no more tokens will follow
   * @return text to append to what was told before
   */
  public String advance(int[] known, boolean last) {
    length = endOf(known);
    ended = length < known.length;
    boolean whole = last || ended;
    var text = decoder.apply(Arrays.copyOf(known, length));
    int stop = stopIn(text);
    stopped = stop >= 0;
    int end = stopped ? stop : whole ? text.length() : safeEnd(text);
    if (end <= told.length()) {
      return "";
    }
    var piece = text.substring(told.length(), end);
    told = text.substring(0, end);
    return piece;
  }

  /** All that was told so far. */
  public String told() {
    return told;
  }

  /** Whether the tokens held an end token. */
  public boolean ended() {
    return ended;
  }

  /** Whether the text held a stop string. */
  public boolean stopped() {
    return stopped;
  }

  /** Tokens before the first end token. */
  public int tokens() {
    return length;
  }

  private int endOf(int[] tokens) {
    int end = Math.min(openStart, tokens.length);
    while (end < tokens.length && !endTokens.contains(tokens[end])) {
      end++;
    }
    return end;
  }

  private int stopIn(String text) {
    return stopStrings.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  private int safeEnd(String text) {
    int end = text.length();
    while (end > told.length() && text.charAt(end - 1) == REPLACEMENT) {
      end--;
    }
    for (String stop : stopStrings) {
      for (int tail = Math.min(stop.length() - 1, end); tail > 0; tail--) {
        if (text.startsWith(stop.substring(0, tail), end - tail)) {
          end -= tail;
          break;
        }
      }
    }
    return end;
  }
}
