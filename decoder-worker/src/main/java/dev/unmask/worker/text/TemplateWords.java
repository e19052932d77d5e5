package dev.unmask.worker.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what Jinja's grammar has and Jinjava's has not in words that both have. */
final class TemplateWords {
  private static final Pattern SPACE_BEFORE = Pattern.compile("(?<!\\s)\\s*+(\\{[{%#])-");
  private static final Pattern SPACE_BEHIND = Pattern.compile("-([}%#]})\\s*");
  private static final Pattern LAST_LINE_END = Pattern.compile("\\R\\z");
  private static final Pattern REVERSED = Pattern.compile("(?<![\\w.])([\\w.]++)\\[::-1]");
  private static final Pattern NAMESPACE = Pattern.compile("\\bnamespace\\([^()]*\\)");
  private static final Pattern FILTERED = Pattern.compile("=\\s*+([^,='\"|]++\\|[^,='\"]++)");

  private TemplateWords() {}

  /**
   * The same template: without its last line's end, and without the space that a minus takes away,
   * which Jinjava leaves before an expression; a list backwards by its filter; and in brackets each
   * value with a filter that a namespace begins with, because the filter would take in the name.
   */
  static String plain(String source) {
    var whole = LAST_LINE_END.matcher(source).replaceAll("");
    var begun = SPACE_BEFORE.matcher(whole).replaceAll("$1");
    var ended = SPACE_BEHIND.matcher(begun).replaceAll("$1");
    var reversed = REVERSED.matcher(ended).replaceAll("$1|reverse");
    return NAMESPACE
        .matcher(reversed)
        .replaceAll(
            found -> Matcher.quoteReplacement(FILTERED.matcher(found.group()).replaceAll("=($1)")));
  }
}
