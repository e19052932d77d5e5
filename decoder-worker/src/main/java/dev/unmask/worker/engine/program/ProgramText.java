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

  static byte[] with(Kernels kernels) {
    return Stream.concat(PARTS.stream(), Stream.of(kernels.part))
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
