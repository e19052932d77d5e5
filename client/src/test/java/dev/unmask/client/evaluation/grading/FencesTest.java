package dev.unmask.client.evaluation.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FencesTest {
  @Test
  void code_answerWithoutAFence_isAllOfIt() {
    assertThat(Fences.code("    return 1\n")).isEqualTo("    return 1\n");
  }

  @Test
  void code_answerInsideAFence_endsAtTheFence() {
    assertThat(Fences.code("def f():\n    return 1\n```\nIt works.\n```python\nno\n```"))
        .isEqualTo("def f():\n    return 1\n");
  }

  @Test
  void code_answerThatOpensAFence_isTheFirstBlock() {
    assertThat(Fences.code("Here:\n```python\nx = 1\n```\nand\n```python\ny = 2\n```"))
        .isEqualTo("x = 1\n");
  }

  @Test
  void code_blockWithoutAnEnd_isAllThatFollows() {
    assertThat(Fences.code("```python\nx = 1")).isEqualTo("x = 1");
    assertThat(Fences.code("```python")).isEmpty();
  }
}
