package dev.unmask.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.TextFormat;
import dev.unmask.type.v1.Sharing;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class SharingOptionsTest {
  @Test
  void sharing_nothingGiven_isNone() {
    assertThat(parsed("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--shared-tokens 64                   | prefix_tokens: 64 shallow {}",
        "--shared-messages 1                  | prefix_messages: 1 shallow {}",
        "--shared-characters 900              | prefix_characters: 900 shallow {}",
        "--shared-tokens 64 --shared-depth 2  | prefix_tokens: 64 shallow { depth: 2 }",
        "--shared-messages 1 --public-namespace all | prefix_messages: 1 public_namespace: 'all'",
      })
  void sharing_given_isTheMessage(String options, String message) throws Exception {
    assertThat(parsed(options)).hasValue(TextFormat.parse(message, Sharing.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--shared-depth 2",
        "--public-namespace all",
        "--shared-tokens 64 --shared-messages 1"
      })
  void sharing_noPrefixOrTwo_isRefused(String options) {
    assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> parsed(options));
  }

  @Command
  private static final class Asking {
    @Mixin private SharingOptions sharing = new SharingOptions();
  }

  private static Optional<Sharing> parsed(String options) {
    var asking = new Asking();
    var words = options.isEmpty() ? new String[0] : options.split(" +");
    new CommandLine(asking).parseArgs(words);
    return asking.sharing.sharing();
  }
}
