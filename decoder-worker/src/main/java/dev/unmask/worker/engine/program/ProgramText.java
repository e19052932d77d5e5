package dev.unmask.worker.engine.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program's source: one class, in files that are read one after the other. */
final class ProgramText {
  private static final List<String> PARTS =
      List.of("program", "pages", "forward", "special", "layers", "head");

  private ProgramText() {}

  /** What the innermost arithmetic is made of. */
  enum Kernels {
    /** Operators that every libtorch has. */
    PLAIN("plain"),
    /** The library of custom operators, which must be loaded. */
    FUSED("fused");

    private final String part;

    Kernels(String part) {
      this.part = part;
    }
  }

  /** How a product's weights are kept. */
  enum Products {
    /** In the type that everything else is computed in. */
    EXACT("exact"),
    /** Brain float. */
    BFLOAT16("bfloat16"),
    /** Integers of eight bits, packed for the processor. */
    INT8("int8");

    private final String part;

    Products(String part) {
      this.part = part;
    }
  }

  static byte[] with(Kernels kernels, Products products) {
    return Stream.concat(PARTS.stream(), Stream.of(products.part, kernels.part))
        .map(ProgramText::read)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String read(String part) {
    String name = part + ".torchscript";
    try (var text = ProgramText.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
