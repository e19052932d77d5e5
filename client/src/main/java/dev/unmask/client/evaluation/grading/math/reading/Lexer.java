package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a plain text apart. */
final class Lexer {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern THOUSANDS =
      Pattern.compile("\\d{1,3}(?:,\\d{3})+(?!\\d)(?:\\.\\d+)?");
  private static final Pattern NUMBER =
      Pattern.compile("\\d*\\.\\d*\\\\overline\\s*\\{\\d+\\}|\\d+\\.\\d+|\\.\\d+|\\d+\\.?");
  private static final Pattern COMMAND = Pattern.compile("\\\\([a-zA-Z]+)");
  private static final Pattern ESCAPED = Pattern.compile("\\\\([^a-zA-Z])");
  private static final Pattern LETTERS = Pattern.compile("[a-zA-Z]+");
  private static final Pattern ARGUMENT = Pattern.compile("\\s*(?:\\{([^{}]*)\\}|([^\\s{}]))");

  /** Commands whose argument is words. */
  private static final Set<String> WORD_COMMANDS =
      Set.of("text", "textbf", "textit", "textrm", "mbox", "mathrm", "operatorname", "hbox");

  /** Commands that only change how their argument looks. */
  private static final Set<String> STYLES =
      Set.of(
          "mathbf",
          "mathit",
          "mathcal",
          "mathsf",
          "boldsymbol",
          "bold",
          "bf",
          "rm",
          "vec",
          "hat",
          "widehat",
          "bar",
          "overline",
          "underline",
          "overrightarrow",
          "boxed",
          "fbox");

  /** Units that without a number before them would be letters. */
  private static final Set<String> UNITS = Set.of("cm", "mm", "km", "ft", "kg", "lb", "hr");

  private static final Set<String> SHORT_UNITS =
      Set.of("m", "g", "s", "h", "L", "l", "N", "J", "W");

  /** Inside of these a comma is never that of thousands. */
  private static final Set<String> OPENING = Set.of("(", "[", "\\{");

  private static final Set<String> CLOSING = Set.of(")", "]", "\\}");

  private final String text;
  private final boolean thousands;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int brackets;

  private Lexer(String text, boolean thousands) {
    this.text = text;
    this.thousands = thousands;
  }

  /**
   * The tokens of a text.
   *
   * @param thousands whether 1,000 is one number
   */
  static List<Token> tokens(String text, boolean thousands) throws UnreadableException {
    var lexer = new Lexer(text, thousands);
    while (lexer.at < text.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() throws UnreadableException {
    if (take(SPACE).isPresent()) {
      return;
    }
    boolean grouped = thousands && brackets == 0;
    var number = grouped ? take(THOUSANDS).or(() -> take(NUMBER)) : take(NUMBER);
    if (number.isPresent()) {
      tokens.add(new Token(Token.Kind.NUMBER, number.get().group().replace(",", "")));
      return;
    }
    var command = take(COMMAND);
    if (command.isPresent()) {
      command(command.get().group(1));
      return;
    }
    var letters = take(LETTERS);
    if (letters.isPresent()) {
      letters(letters.get().group());
      return;
    }
    var sign = take(ESCAPED).map(match -> match.group()).orElseGet(this::character);
    brackets += OPENING.contains(sign) ? 1 : CLOSING.contains(sign) ? -1 : 0;
    tokens.add(Token.sign(sign));
  }

  private String character() {
    int end = text.offsetByCodePoints(at, 1);
    var character = text.substring(at, end);
    at = end;
    return character;
  }

  private Optional<Matcher> take(Pattern pattern) {
    var matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher);
  }

  private void command(String name) throws UnreadableException {
    if (WORD_COMMANDS.contains(name)) {
      words(argument(name));
    } else if (name.equals("begin") || name.equals("end")) {
      tokens.add(new Token(Token.Kind.COMMAND, name + " " + argument(name)));
    } else if (!STYLES.contains(name)) {
      tokens.add(new Token(Token.Kind.COMMAND, name));
    }
  }

  private String argument(String command) throws UnreadableException {
    var argument =
        take(ARGUMENT).orElseThrow(() -> new UnreadableException(command + " has no argument"));
    return argument.group(1) == null ? argument.group(2) : argument.group(1);
  }

  /** What is said to be words may be an answer of one letter, a number or a list all the same. */
  private void words(String said) throws UnreadableException {
    var words = said.strip();
    int comma = words.indexOf(',');
    if (comma >= 0) {
      words(words.substring(0, comma));
      tokens.add(Token.sign(","));
      words(words.substring(comma + 1));
    } else if (isUnit(words) || (SHORT_UNITS.contains(words) && followsNumber())) {
      tokens.add(new Token(Token.Kind.WORDS, words));
    } else if (words.length() <= 1
        || Function.named(words).isPresent()
        || NUMBER.matcher(words).matches()) {
      tokens.addAll(tokens(words, thousands));
    } else if (isSeparator(words)) {
      tokens.add(Token.sign(","));
    } else {
      tokens.add(new Token(Token.Kind.WORDS, words));
    }
  }

  private void letters(String run) {
    if (isSeparator(run)) {
      tokens.add(Token.sign(","));
    } else if (Function.named(run).isPresent() || run.equals("pi") || run.equals("sqrt")) {
      tokens.add(new Token(Token.Kind.COMMAND, run));
    } else if (isWord(run) || isUnit(run)) {
      tokens.add(new Token(Token.Kind.WORDS, run));
    } else {
      run.chars()
          .mapToObj(letter -> new Token(Token.Kind.LETTER, Character.toString(letter)))
          .forEach(tokens::add);
    }
  }

  private boolean isSeparator(String words) {
    var lower = words.toLowerCase(Locale.ROOT);
    return lower.equals("and") || lower.equals("or");
  }

  private boolean isUnit(String run) {
    return UNITS.contains(run) && followsNumber();
  }

  private boolean followsNumber() {
    return !tokens.isEmpty() && tokens.getLast().kind() == Token.Kind.NUMBER;
  }

  /** A monomial's letters are few, in order or without a vowel; others make a word. */
  private static boolean isWord(String run) {
    var letters = run.chars().boxed().toList();
    return run.length() > 2
        && run.toLowerCase(Locale.ROOT).chars().anyMatch(letter -> "aeiou".indexOf(letter) >= 0)
        && !letters.stream().sorted().distinct().toList().equals(letters);
  }
}
