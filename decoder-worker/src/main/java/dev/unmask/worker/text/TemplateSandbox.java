package dev.unmask.worker.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import com.hubspot.jinjava.el.JinjavaNodePreProcessor;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.loader.ResourceNotFoundException;
import com.hubspot.jinjava.tree.Node;
import dev.unmask.contract.Limits;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELResolver;

/**
 * Renders templates that come with a checkpoint, from whoever wrote it: with what chat templates
 * use and nothing else, no file within reach, and so many steps and so much text at most. Safe to
 * share among threads.
 */
final class TemplateSandbox {
  private static final Set<String> TAGS =
      Set.of(
          "for",
          "endfor",
          "if",
          "elif",
          "else",
          "endif",
          "set",
          "endset",
          "macro",
          "endmacro",
          "raw",
          "endraw",
          "break",
          "continue",
          "do");
  private static final Set<String> FILTERS =
      Set.of(
          "trim",
          "tojson",
          "length",
          "count",
          "default",
          "d",
          "upper",
          "lower",
          "capitalize",
          "title",
          "join",
          "first",
          "last",
          "list",
          "string",
          "int",
          "float",
          "bool",
          "map",
          "select",
          "reject",
          "selectattr",
          "rejectattr",
          "items",
          "dictsort",
          "replace",
          "safe",
          "reverse",
          "sort",
          "unique",
          "abs");
  private static final Set<String> FUNCTIONS = Set.of("range", "namespace");
  private static final Map<Library, Set<String>> OTHERS = others();

  private final Jinjava jinja;
  private final ThreadLocal<Integer> left = new ThreadLocal<>();

  TemplateSandbox() {
    jinja = new Jinjava(config());
    jinja.setResourceLocator((name, _, _) -> {
      throw new ResourceNotFoundException("templates reach no files: " + name);
    });
  }

  RenderResult render(String source, Map<String, ?> values) {
    left.set(Limits.CHAT_TEMPLATE_NODES);
    try {
      return jinja.renderForResult(source, values);
    } finally {
      left.remove();
    }
  }

  private JinjavaConfig config() {
    return JinjavaConfig.newBuilder()
        .withTrimBlocks(true)
        .withLstripBlocks(true)
        // Content is data: a message must not be read as a template.
        .withNestedInterpretationEnabled(false)
        .withDisabled(OTHERS)
        .withElResolver(methods())
        .withMaxOutputSize(Limits.CHAT_TEMPLATE_OUTPUT)
        .withMaxStringLength(Limits.CHAT_TEMPLATE_OUTPUT)
        .withMaxListSize(Limits.CHAT_TEMPLATE_ELEMENTS)
        .withMaxMapSize(Limits.CHAT_TEMPLATE_ELEMENTS)
        .withProcessors(JinjavaProcessors.newBuilder().withNodePreProcessor(new Budget()).build())
        .withLegacyOverrides(
            // Not its mapper to Python's words: it writes control characters of a text as escapes.
            LegacyOverrides.newBuilder().withUseNaturalOperatorPrecedence(true).build())
        .build();
  }

  private static ELResolver methods() {
    var methods = new CompositeELResolver();
    methods.add(new StringMethods());
    methods.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    return methods;
  }

  /** What Jinjava has beyond what chat templates use. */
  private static Map<Library, Set<String>> others() {
    var all = new Jinjava().getGlobalContext();
    return Map.of(
        Library.TAG, beyond(all.getAllTags(), TAGS),
        Library.FILTER, beyond(all.getAllFilters(), FILTERS),
        Library.FUNCTION, beyond(all.getAllFunctions(), FUNCTIONS));
  }

  private static Set<String> beyond(Collection<? extends Importable> all, Set<String> used) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !used.contains(name.replaceFirst("^.*:", "")))
        .collect(Collectors.toSet());
  }

  /** Counts the steps of a rendering. */
  private final class Budget extends JinjavaNodePreProcessor {
    @Override
    public void accept(Node node, JinjavaInterpreter interpreter) {
      super.accept(node, interpreter);
      int now = left.get() - 1;
      if (now < 0) {
        throw new InterpretException("it takes more than " + Limits.CHAT_TEMPLATE_NODES + " steps");
      }
      left.set(now);
    }
  }
}
