package dev.unmask.client.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionTest {
  @TempDir private Path folder;
  private Path task;

  @BeforeEach
  void writeTask() throws IOException {
    task = folder.resolve("task.jsonl");
    Files.writeString(
        task,
        """
        {"id": "a-1", "messages": [{"role": "user", "content": "x"}], "answer": "1", "shots": 0}
        {"id": "a-2", "messages": [{"role": "user", "content": "Question: 1 + 1?\\nAnswer: 2\\n#### 2\\n\\nQuestion: 3 + 4?\\nAnswer:"}], "answer": "7"}
        """);
  }

  @Test
  void read_number_isThatLine() throws IOException {
    var question = Question.read(task, 2);
    assertThat(question.id()).isEqualTo("a-2");
    assertThat(question.text()).isEqualTo("3 + 4?");
    assertThat(question.prompt().getConversation().getMessages(0).getContent())
        .startsWith("Question: 1 + 1?");
  }

  @Test
  void read_numberBehindTheEnd_fails() {
    assertThatIOException().isThrownBy(() -> Question.read(task, 3)).withMessageContaining("3");
  }

  @Test
  void isRight_lastResult_decides() throws IOException {
    var question = Question.read(task, 2);
    assertThat(question.isRight("3 + 4 = 7\n#### 7\n")).isTrue();
    assertThat(question.isRight("#### 7\n#### 8")).isFalse();
    assertThat(question.isRight("3 + 4 = 7")).isFalse();
  }
}
