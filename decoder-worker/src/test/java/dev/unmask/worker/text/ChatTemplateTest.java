package dev.unmask.worker.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final TokenizerConfig NAMES =
      new TokenizerConfig("<|startoftext|>", "<|endoftext|>", Optional.empty(), Set.of());

  private static final String LLADA =
      "{% for message in messages %}{% if loop.first %}{{ bos_token }}{% endif %}"
          + "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'"
          + " + message['content'] | trim + '<|eot_id|>' }}{% endfor %}"
          + "{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}"
          + "{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

  private static final String DREAM =
      "{% if messages[0]['role'] != 'system' %}"
          + "{{ '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n' }}{% endif %}"
          + "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n'"
          + " + message['content'] + '<|im_end|>\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  @Test
  void render_lladaTemplate_trimsContentAndOpensAnswer() {
    var text =
        new ChatTemplate(LLADA, NAMES)
            .render(List.of(new Turn("system", "Be brief."), new Turn("user", "  2 + 2?\n")));
    assertThat(text)
        .isEqualTo(
            "<|startoftext|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\n2 + 2?<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
  }

  @Test
  void render_dreamTemplate_addsSystemTurnAndKeepsLastNewline() {
    var text = new ChatTemplate(DREAM, NAMES).render(List.of(new Turn("user", "it's {{ x }}")));
    assertThat(text)
        .isEqualTo(
            """
            <|im_start|>system
            You are a helpful assistant.<|im_end|>
            <|im_start|>user
            it's {{ x }}<|im_end|>
            <|im_start|>assistant
            """);
  }

  /** As Qwen2.5's family writes it: blocks on lines of their own, and a minus that joins them. */
  @Test
  void render_linesJoinedByMinus_haveNoSpaceBetween() {
    var source =
        """
        {%- if tools %}
            {{- 'tools' }}
        {%- else %}
            {%- if messages[0]['role'] != 'system' %}
                {{- '<|im_start|>system\\nBe kind.<|im_end|>\\n' }}
            {%- endif %}
        {%- endif %}
        {%- for message in messages %}
            {%- if (message.role == "user") or not message.tool_calls %}
                {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' -}}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\\n' }}
        {%- endif %}
        """;
    assertThat(new ChatTemplate(source, NAMES).render(List.of(new Turn("user", " hi\n"))))
        .isEqualTo(
            """
            <|im_start|>system
            Be kind.<|im_end|>
            <|im_start|>user
             hi
            <|im_end|>
            <|im_start|>assistant
            """);
  }

  /**
   * As Qwen3's family does: the last question is found from behind, earlier thoughts are left out.
   */
  @Test
  void render_pythonsWords_areUnderstood() {
    var source =
        """
        {%- set ns = namespace(open=true, last=messages|length - 1) %}
        {%- for m in messages[::-1] %}
            {%- set index = (messages|length - 1) - loop.index0 %}
            {%- if ns.open and m.role == "user" and m.content is string
                and not (m.content.startswith('<r>') and m.content.endswith('</r>')) %}
                {%- set ns.open = false %}
                {%- set ns.last = index %}
            {%- endif %}
        {%- endfor %}
        {%- for m in messages %}
            {%- set text = m.content %}
            {%- if '</think>' in text and loop.index0 < ns.last %}
                {%- set text = text.split('</think>')[-1].lstrip('\\n') %}
            {%- endif %}
            {{- m.role + ':' + text.rstrip('\\n').strip() + ';' }}
        {%- endfor %}
        {{- ns.last }}
        """;
    var turns =
        List.of(
            new Turn("user", "1?"),
            new Turn("assistant", "<think>\nhm\n</think>\n\none"),
            new Turn("user", " 2? \n"),
            new Turn("user", "<r>4</r>"));
    assertThat(new ChatTemplate(source, NAMES).render(turns))
        .isEqualTo("user:1?;assistant:one;user:2?;user:<r>4</r>;2");
  }

  @Test
  void render_brokenTemplate_saysSo() {
    var template = new ChatTemplate("{% for message in messages %}{{ message.content", NAMES);
    assertThatThrownBy(() -> template.render(List.of(new Turn("user", "hello"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chat template");
  }

  /** Found by fuzzing: braces of a message once made its control characters escapes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{\u0005x",
        "{% raw %}",
        "{# no #}",
        "{{ 7 * 7 }} \u0001",
        "'q' \"d\" \\n",
        "\u2028{{"
      })
  void render_whatIsSaid_isToldAsItIs(String said) {
    var text = new ChatTemplate(DREAM, NAMES).render(List.of(new Turn("user", said)));
    assertThat(text).contains("<|im_start|>user\n" + said + "<|im_end|>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% include 'logback.xml' %}",
        "{% import 'logback.xml' as x %}",
        "{{ ''.getClass().forName('java.lang.Runtime') }}",
        "{{ 'x' | center(2000000000) }}",
        "{{ '%2000000000d' | format(1) }}",
        "{% set x = 'aaaaaaaaaaaaaaaa' %}{% for i in range(99) %}{% set x = x + x %}{% endfor %}",
        "{% set x = 'aaaaaaaaaaaaaaaa' %}{% for i in range(99) %}{% set x = x ~ x %}{% endfor %}",
        "{% set x = [1] %}{% for i in range(99) %}{% set x = x + x %}{% endfor %}",
        "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('aaaa') }}"
      })
  void render_templateThatReachesOutOrGrowsWithoutEnd_isRefused(String source) {
    refused(source);
  }

  @Test
  @Timeout(60)
  void render_loopsInLoops_endAtTheBound() {
    var loop = "{% for a in range(999) %}";
    refused(loop.repeat(3) + "{% set x = 1 %}" + "{% endfor %}".repeat(3))
        .hasMessageContaining(Limits.CHAT_TEMPLATE_NODES + " steps");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String source) {
    var template = new ChatTemplate(source, NAMES);
    return assertThatThrownBy(() -> template.render(List.of(new Turn("user", "hello"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chat template");
  }
}
