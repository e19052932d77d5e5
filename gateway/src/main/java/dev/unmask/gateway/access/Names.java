package dev.unmask.gateway.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Rules of the fields of a tenants file. */
public final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  private Names() {}

  /** A name of a tenant or a namespace. */
  static void name(String field, String given) {
    require(
        NAME.matcher(given).matches(),
        field + " must be 1 to 64 characters of [a-z0-9-], was '" + given + "'");
  }

  static void present(String field, String given) {
    require(!given.isBlank(), field + " is required");
  }

  public static void atMost(String field, Collection<?> given, int most) {
    require(
        given.size() <= most, field + " must be at most " + most + ", there are " + given.size());
  }

  /** Each once; what is there twice is not quoted, because it may be a digest of a key. */
  public static void distinct(String field, List<?> given) {
    require(new HashSet<>(given).size() == given.size(), field + " must be given once each");
  }

  public static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
