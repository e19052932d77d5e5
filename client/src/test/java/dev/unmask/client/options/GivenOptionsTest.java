package dev.unmask.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.TextFormat;
import dev.unmask.type.v1.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class GivenOptionsTest {
  @Test
  void given_nothing_isNone() {
    assertThat(parsed()).isEmpty();
  }

  @Test
  void given_suffixAndTokens_isTheMessageByRisingPosition() throws Exception {
    assertThat(parsed("--suffix", "\n#### 71", "--given", "12=7,3=5", "--given", "4=6"))
        .hasValue(
            TextFormat.parse(
                "suffix_text: '\\n#### 71' tokens { position: 3 token: 5 }"
                    + " tokens { position: 4 token: 6 } tokens { position: 12 token: 7 }",
                Given.class));
  }

  @Test
  void given_noNumber_isRefused() {
    assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> parsed("--given", "a=b"));
  }

  @Command
  private static final class Asking {
    @Mixin private GivenOptions given = new GivenOptions();
  }

  private static Optional<Given> parsed(String... words) {
    var asking = new Asking();
    new CommandLine(asking).parseArgs(words);
    return asking.given.given();
  }
}
