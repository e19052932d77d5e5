package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.sandbox.Job;
import dev.unmask.client.evaluation.sandbox.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is sent into the sandbox; what Python does with it is {@link PythonTest}'s. */
class ProgramTest {
  private final List<Job> jobs = new ArrayList<>();
  private String output = "";

  private final Python python =
      new Python(
          new Grounds(
              Path.of("/opt/python3"),
              job -> {
                jobs.add(job);
                return new Outcome(Outcome.Ending.EXITED, 0, output);
              }),
          () -> "word-7");

  @Test
  void body_answer_goesOnFromTheSignature() throws Exception {
    var body = new Program.Body("def f():\n", List.of("assert f() == 1", "assert f() > 0"));

    var code = body.code("    return 1", python);

    assertThat(code).isEqualTo("def f():\n    return 1");
    assertThat(body.parts(code)).containsExactly(code, "assert f() == 1", "assert f() > 0");
    assertThat(jobs).isEmpty();
  }

  @Test
  void whole_answer_endsAtDone() {
    var whole = new Program.Whole(false, "root = Node(1)", List.of("assert f(1)", "assert f(2)"));

    assertThat(whole.code("x = 1\n[DONE]\nmore", python)).isEqualTo("x = 1\n");
    assertThat(whole.code("[BEGIN]\nx = 1\n[DONE]", python)).isEqualTo("\nx = 1\n");
    assertThat(whole.code("x = 1", python)).isEqualTo("x = 1");
    assertThat(whole.parts("x = 1"))
        .containsExactly("x = 1\nroot = Node(1)\nassert f(1)\nassert f(2)");
  }

  @Test
  void whole_fencedAnswer_endsAtTheFence() {
    var whole = new Program.Whole(true, "", List.of("assert f(1)"));

    assertThat(whole.code("def f(x):\n  return x\n```\nbye", python))
        .isEqualTo("def f(x):\n  return x\n");
  }

  @Test
  void function_answer_isSanitizedBehindThePrompt() throws Exception {
    output = "def f():\n    return 1\n";
    var function = new Program.Function("def f():\n", "f", "def check(c):\n    assert c() == 1");

    var code = function.code("    return 1\n```\nbye", python);

    assertThat(code).isEqualTo("def f():\n    return 1");
    assertThat(function.parts(code))
        .containsExactly("def f():\n    return 1\ndef check(c):\n    assert c() == 1\ncheck(f)");
    assertThat(sent().get("text").textValue()).isEqualTo("def f():\n\n    return 1\n");
    assertThat(sent().get("entry_point").textValue()).isEqualTo("f");
    assertThat(jobs.getFirst().command()).startsWith("/opt/python3", "-I").hasSize(7);
  }

  @Test
  void grade_programThatSaysTheWord_passes() throws Exception {
    output = "noise\n\nword-7\n";
    var grader = new ProgramGrader(new Program.Body("", List.of("assert True")), python);

    var grade = grader.grade("x = 1");

    assertThat(grade.correct()).isTrue();
    assertThat(grade.extracted()).isEqualTo("x = 1");
    assertThat(grade.metrics()).containsEntry("pass@1", true).hasSize(1);
    assertThat(sent().get("parts").get(1).textValue()).isEqualTo("assert True");
    assertThat(sent().get("word").textValue()).isEqualTo("word-7");
  }

  @Test
  void grade_programThatEndsBeforeItsTests_fails() throws Exception {
    output = "word-6\n";
    var grader = new ProgramGrader(new Program.Body("", List.of("assert True")), python);

    assertThat(grader.grade("exit()").correct()).isFalse();
    assertThat(grader.grade("exit()").reason()).isEqualTo("ended before its tests did");
  }

  private JsonNode sent() throws IOException {
    return new ObjectMapper().readTree(jobs.getLast().input());
  }
}
