package dev.unmask.client.evaluation.task.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RowTest {
  @Test
  void text_field_isItsText() throws Exception {
    assertThat(row("{\"a\": \" x \"}").text("a")).isEqualTo(" x ");
  }

  @Test
  void text_faultyField_isNamed() throws IOException {
    assertFault(() -> row("{}").text("a"), "a is missing");
    assertFault(() -> row("{\"a\": null}").text("a"), "a is missing");
    assertFault(() -> row("{\"a\": \" \"}").text("a"), "a is empty");
    assertFault(() -> row("{\"a\": 5}").text("a"), "a must be text, is number");
  }

  @Test
  void number_faultyField_isNamed() throws Exception {
    assertThat(row("{\"a\": 5}").number("a")).isEqualTo(5);
    assertFault(() -> row("{\"a\": \"5\"}").number("a"), "a must be a whole number, is string");
    assertFault(() -> row("{\"a\": 5.5}").number("a"), "a must be a whole number, is number");
  }

  @Test
  void texts_faultyField_isNamed() throws Exception {
    assertThat(row("{\"a\": [\"x\", \"\"]}").texts("a")).containsExactly("x", "");
    assertFault(() -> row("{\"a\": \"x\"}").texts("a"), "a must be a list, is string");
    assertFault(() -> row("{\"a\": []}").texts("a"), "a is empty");
    assertFault(() -> row("{\"a\": [\"x\", 2]}").texts("a"), "a[1] must be text, is number");
  }

  @Test
  void optionalFields_missing_areEmpty() throws Exception {
    assertThat(row("{}").textOrEmpty("a")).isEmpty();
    assertThat(row("{}").textsOrNone("a")).isEmpty();
    assertThat(row("{\"a\": []}").textsOrNone("a")).isEmpty();
    assertFault(() -> row("{\"a\": 1}").textOrEmpty("a"), "a must be text, is number");
  }

  @Test
  void rows_faultyField_isNamed() throws Exception {
    assertThat(row("{\"a\": [{\"b\": \"x\"}]}").rows("a").getFirst().text("b")).isEqualTo("x");
    assertFault(() -> row("{\"a\": [1]}").rows("a"), "a[0] must be a record, is number");
  }

  private static void assertFault(ThrowingCallable call, String reason) {
    assertThatThrownBy(call).isInstanceOf(RowException.class).hasMessage(reason);
  }

  private static Row row(String json) throws IOException {
    return Rows.of(Path.of("file"), json.getBytes(UTF_8)).rows().getFirst();
  }
}
