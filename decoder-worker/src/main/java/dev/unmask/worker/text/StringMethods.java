package dev.unmask.worker.text;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;

/**
 * Python's methods of strings, which chat templates call: they were written for Jinja, whose
 * strings are Python's.
 */
final class StringMethods extends ELResolver {
  @Override
  public Object invoke(
      ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
    if (base instanceof String text) {
      var result = call(text, method.toString(), argument(arguments));
      context.setPropertyResolved(result.isPresent());
      return result.orElse(null);
    }
    return null;
  }

  private static Optional<String> argument(Object[] arguments) {
    return arguments != null && arguments.length > 0
        ? Optional.of(String.valueOf(arguments[0]))
        : Optional.empty();
  }

  private static Optional<Object> call(String text, String method, Optional<String> argument) {
    return switch (method) {
      case "startswith" -> argument.map(text::startsWith);
      case "endswith" -> argument.map(text::endsWith);
      case "strip" -> Optional.of(outer(argument).trimFrom(text));
      case "lstrip" -> Optional.of(outer(argument).trimLeadingFrom(text));
      case "rstrip" -> Optional.of(outer(argument).trimTrailingFrom(text));
      case "split" -> argument.map(mark -> Splitter.on(mark).splitToList(text));
      default -> Optional.empty();
    };
  }

  /** What is stripped: any of some characters, or white space. */
  private static CharMatcher outer(Optional<String> characters) {
    return characters.map(CharMatcher::anyOf).orElse(CharMatcher.whitespace());
  }

  @Override
  public Object getValue(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public Class<?> getType(ELContext context, Object base, Object property) {
    return null;
  }

  @Override
  public void setValue(ELContext context, Object base, Object property, Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, Object base, Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, Object base) {
    return null;
  }
}
