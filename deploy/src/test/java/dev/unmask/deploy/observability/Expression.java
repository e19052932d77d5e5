package dev.unmask.deploy.observability;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * As much of a PromQL expression as has to exist somewhere.
 *
 * @param text of it
 */
record Expression(String text) {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern LABELS = Pattern.compile("\\{[^}]*}");
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
  private static final Pattern CALL = Pattern.compile("[a-z_]+\\s*(?=\\()");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern SELECTED = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

  /** A metric, and labels that its series must have. */
  record Selected(String metric, Set<String> labels) {}

  /** Every metric, with the labels it is selected by. */
  Set<Selected> metrics() {
    var found = new HashSet<Selected>();
    var plain = QUOTED.matcher(text).replaceAll("\"\"");
    var rest = SELECTED.matcher(plain);
    while (rest.find()) {
      found.add(new Selected(rest.group(1), names(MATCHER, rest.group(2))));
    }
    var bare = LABELS.matcher(plain).replaceAll("");
    bare = RANGE.matcher(bare).replaceAll("");
    bare = GROUPED.matcher(bare).replaceAll("");
    bare = CALL.matcher(bare).replaceAll("");
    WORD.matcher(bare)
        .results()
        .map(word -> word.group())
        .filter(word -> !OPERATORS.contains(word))
        .forEach(word -> found.add(new Selected(word, Set.of())));
    return found;
  }

  /** Labels that its series are grouped or matched by. */
  Set<String> groupings() {
    var found = new HashSet<String>();
    GROUPED.matcher(text).results().forEach(group -> found.addAll(names(WORD, group.group(1))));
    return found;
  }

  private static Set<String> names(Pattern pattern, String text) {
    var names = new HashSet<String>();
    pattern
        .matcher(text)
        .results()
        .forEach(match -> names.add(match.groupCount() > 0 ? match.group(1) : match.group()));
    return names;
  }
}
