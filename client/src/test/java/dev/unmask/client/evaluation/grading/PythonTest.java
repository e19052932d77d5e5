package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.sandbox.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real programs, where there is a Python; nothing of the product or its build needs one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonTest {
  private Optional<Grounds> grounds = Optional.empty();

  @BeforeAll
  void openGrounds() throws InterruptedException {
    for (var isolation : Isolation.values()) {
      grounds = grounds.isPresent() ? grounds : opened(isolation);
    }
  }

  private static Optional<Grounds> opened(Isolation isolation) throws InterruptedException {
    try {
      return Optional.of(Grounds.open("python3", isolation));
    } catch (IOException e) {
      return Optional.empty(); // There is no Python, or it cannot be run so.
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          def f(): return 1                          |
          print('noise') or exec('def f(): return 1')|
          def f(): return 2                          | AssertionError
          def g(): return 1                          | NameError: name 'f' is not defined
          def f( return                              | SyntaxError
          exit(0)                                    | ended before its tests did
          import os; os._exit(0)                     | ended before its tests did
          while True: pass                           | was ended by signal 9
          x = bytearray(1 << 40)                     | MemoryError
          print('x' * (1 << 21))                     | wrote more than 1048576 bytes
          input()                                    | EOFError
          open('/etc/passwd2')                       | FileNotFoundError
          """)
  void failure_program_isItsLastLine(String program, String failure) throws Exception {
    var found = python().failure(List.of(program, "assert f() == 1"));

    assertThat(found.isPresent()).isEqualTo(failure != null);
    assertThat(found.orElse("")).contains(failure == null ? "" : failure);
  }

  @Test
  void failure_mainGuard_isNotRun() throws Exception {
    assertThat(python().failure(List.of("if __name__ == '__main__': raise ValueError()")))
        .isEmpty();
  }

  @Test
  void failure_anyText_reachesPythonUnharmed() throws Exception {
    assertThat(
            python()
                .failure(
                    List.of(
                        "x = 'é ∑ 😀'",
                        "assert [ord(c) for c in x] == [233, 32, 8721, 32, 128512]")))
        .isEmpty();
  }

  @Test
  void sanitized_answer_isWhatTheFunctionNeeds() throws Exception {
    var text =
        """
        import math
        def f(x):
            ""\"Doc.""\"
            return g(x) + K
        def g(x):
        \treturn math.pi
        K = 3
        unused = 4
        def nothing(x):
            print(x)
        print(f(1))
        And so it works.
        """;

    assertThat(python().sanitized(text, "f", ""))
        .isEqualTo(
            "import math\ndef f(x):\n    \"\"\"Doc.\"\"\"\n    return g(x) + K\n"
                + "def g(x):\n    return math.pi\nK = 3");
  }

  @Test
  void sanitized_whatTheTestsName_isKept() throws Exception {
    var text = "def encode(x):\n    return x\ndef decode(x):\n    return x\n";

    assertThat(python().sanitized(text, "decode", "assert candidate(encode(1)) == 1"))
        .contains("def encode", "def decode");
    assertThat(python().sanitized(text, "decode", "")).doesNotContain("encode");
  }

  @Test
  void sanitized_nothingThatParses_isEmpty() throws Exception {
    assertThat(python().sanitized("def f(:\n)", "f", "")).isEmpty();
    assertThat(python().sanitized("", "f", "")).isEmpty();
  }

  @Test
  void sanitized_manyLinesThatDoNotParse_endsInTime() throws Exception {
    assertThat(python().sanitized("def (\n".repeat(500), "f", "")).isEmpty();
  }

  @Test
  void open_noPython_isRefused() {
    assertThatThrownBy(() -> Grounds.open("no-such-python", Isolation.LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("there is no Python called no-such-python");
    assertThatThrownBy(() -> Grounds.open("/bin/false", Isolation.LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/bin/false is no Python that we can use");
  }

  @Test
  void failure_sandboxThatCannotRun_isNotTheAnswersFault() {
    var broken =
        new Python(
            new Grounds(
                Path.of("/python"),
                job -> {
                  throw new IOException("no namespaces any more");
                }),
            () -> "word");

    assertThatThrownBy(() -> broken.failure(List.of("x = 1")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no namespaces any more");
  }

  private Python python() {
    assumeThat(grounds).as("a Python that can be run in a sandbox").isPresent();
    return new Python(grounds.orElseThrow(), () -> UUID.randomUUID().toString());
  }
}
