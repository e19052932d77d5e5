package dev.unmask.client.evaluation.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Settings that were given, by name, in the order they were given. Every name is known and every
 * value has its form. A setting that was given as {@code null} is there, without a value.
 */
public final class Settings {
  /** What says that a setting has no value. */
  public static final String NULL = Form.NULL;

  private static final Settings NONE = new Settings(Map.of());

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No settings. */
  public static Settings none() {
    return NONE;
  }

  /**
   * Reads settings.
   *
   * @param texts each {@code name=value}; a name given twice has its last value
   * @throws IllegalArgumentException naming the setting and what is wrong: not of the form
   *     name=value, unknown (with the nearest known name), without meaning here, a value that is
   *     not of its form, or names of two projects at once
   */
  public static Settings parse(List<String> texts) {
    var values = new LinkedHashMap<String, String>();
    texts.forEach(text -> put(text, values));
    return of(values);
  }

  /** Settings from names and values; see {@link #parse}. */
  public static Settings of(Map<String, String> values) {
    refuseMeaningless(values.keySet());
    SettingKeys.check(values.keySet());
    var keys = SettingKeys.all();
    var checked = new LinkedHashMap<String, String>();
    values.forEach((name, value) -> checked.put(name, checked(keys.get(name), value)));
    var settings = new Settings(checked);
    settings.dialect();
    return settings;
  }

  /** These settings, with others over them: what both have, the others say. */
  public Settings with(Settings others) {
    var merged = new LinkedHashMap<>(values);
    merged.putAll(others.values);
    var settings = new Settings(merged);
    settings.dialect();
    return settings;
  }

  /** Whether nothing was given. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Names that were given, in order. */
  public Set<String> names() {
    return values.keySet();
  }

  /** Whether a name was given a value other than {@code null}. */
  public boolean hasValue(String name) {
    return text(name).isPresent();
  }

  /** Whether a name was given {@code null}. */
  public boolean isNull(String name) {
    return Form.NULL.equals(values.get(name));
  }

  /** A value as text. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.equals(Form.NULL));
  }

  /** A whole number. */
  public Optional<Integer> integer(String name) {
    return text(name).map(value -> Math.toIntExact(Long.parseLong(value)));
  }

  /** A whole number of 64 bits. */
  public Optional<Long> longInteger(String name) {
    return text(name).map(Long::valueOf);
  }

  /** A number. */
  public Optional<Double> number(String name) {
    return text(name).map(Double::valueOf);
  }

  /** Whether a name was given {@code true}. */
  public boolean isTrue(String name) {
    return text(name).filter("true"::equals).isPresent();
  }

  /**
   * Whose names these are.
   *
   * @throws IllegalArgumentException when there are names of two projects
   */
  public Dialect dialect() {
    var keys = SettingKeys.all();
    var own =
        values.keySet().stream()
            .map(keys::get)
            .filter(key -> !key.isShared())
            .collect(
                Collectors.toMap(
                    SettingKey::dialect,
                    SettingKey::name,
                    (first, _) -> first,
                    LinkedHashMap::new));
    if (own.containsKey(Dialect.D2CACHE) && own.size() > 1) {
      throw mixed(own);
    }
    // What dLLM-Cache does not name itself it names as Fast-dLLM does: both come from LLaDA.
    if (own.containsKey(Dialect.DLLM_CACHE)) {
      return Dialect.DLLM_CACHE;
    }
    return own.keySet().stream().findFirst().orElse(Dialect.ANY);
  }

  private static IllegalArgumentException mixed(Map<Dialect, String> own) {
    var names =
        own.entrySet().stream()
            .map(e -> e.getValue() + " is " + e.getKey().project() + "'s name")
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(names + ": use the names of one project");
  }

  private static void put(String text, Map<String, String> values) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("a setting is name=value, not " + text);
    }
    // Hydra's + and ++ say "also when the name is new"; here every name is known.
    var name = text.substring(0, equals).strip().replaceFirst("^\\+{1,2}", "");
    values.put(name, text.substring(equals + 1).strip());
  }

  private static void refuseMeaningless(Set<String> names) {
    for (var name : names) {
      MeaninglessKeys.reason(name)
          .ifPresent(reason -> {
            throw new IllegalArgumentException(name + " has no meaning here: " + reason);
          });
    }
  }

  private static String checked(SettingKey key, String value) {
    var canonical = Form.canonical(value);
    if (!key.form().fits().test(canonical)) {
      throw new IllegalArgumentException(
          key.name() + " must be " + key.form().description() + ", was " + value);
    }
    return canonical;
  }

  /** As they would be typed, with spaces between. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && settings.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
