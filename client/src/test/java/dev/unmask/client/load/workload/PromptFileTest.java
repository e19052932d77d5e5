package dev.unmask.client.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("prompts");
  }

  @Test
  void read_lines_areAUsersTurnEach() throws IOException {
    assertThat(read("one\n\n two three\r\n", false))
        .extracting(prompt -> prompt.getConversation().getMessages(0))
        .extracting(turn -> turn.getRole() + ": " + turn.getContent())
        .containsExactly("user: one", "user:  two three");
  }

  @Test
  void read_raw_isTextAsItIs() throws IOException {
    assertThat(read("one\ntwo\n", true)).extracting(Prompt::getText).containsExactly("one", "two");
    var turns =
        "{\"messages\": [{\"role\": \"system\", \"content\": \"a\"}, {\"role\": \"user\", \"content\": \"b\"}]}";
    assertThat(read(turns, true)).extracting(Prompt::getText).containsExactly("a\nb");
  }

  @Test
  void read_jsonLines_mayBeTextTurnsOrTokens() throws IOException {
    var prompts =
        read(
            """
            {"prompt": "one"}
            {"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "two"}]}
            {"tokens": [5, 6, 7]}
            """,
            false);
    assertThat(prompts.get(0).getConversation().getMessages(0).getContent()).isEqualTo("one");
    assertThat(prompts.get(1).getConversation().getMessagesList())
        .extracting(turn -> turn.getRole())
        .containsExactly("system", "user");
    assertThat(prompts.get(2).getTokens().getIdsList()).containsExactly(5, 6, 7);
  }

  @Test
  void read_badLine_isNamed() {
    refused("{\"prompt\": \"one\"}\n{\"question\": \"two\"}\n", ":2: prompt is missing");
    refused("{\"prompt\": \"one\"}\nnot JSON\n", ":2: is not JSON");
    refused("{\"tokens\": [1, -2]}\n", ":1: tokens must not be below 0");
    refused("{\"tokens\": []}\n", ":1: tokens is empty");
    refused("{\"tokens\": \"1 2\"}\n", ":1: tokens must be a list, is string");
    refused("{\"tokens\": [1, 2.5]}\n", ":1: tokens[1] must be a whole number, is number");
    refused("{\"messages\": [{\"role\": \"user\"}]}\n", ":1: content is missing");
  }

  @Test
  void read_nothing_isRefused() throws IOException {
    Files.writeString(file, "\n \n");
    assertThatIOException()
        .isThrownBy(() -> PromptFile.read(file, new Wording(false)))
        .withMessageContaining("holds no prompt");
  }

  private void refused(String content, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(content, false))
        .withMessageStartingWith(file + reason);
  }

  private List<Prompt> read(String content, boolean raw) throws IOException {
    Files.writeString(file, content);
    return PromptFile.read(file, new Wording(raw));
  }
}
