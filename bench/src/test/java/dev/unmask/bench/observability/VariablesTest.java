package dev.unmask.bench.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Variables variables = Variables.of(Map.of("instance", ".*", "model", "a$1"));

  @Test
  void in_bothWaysToWriteOne_areReplaced() {
    assertThat(variables.in("x{i=~\"$instance\", j=~\"${instance}\"}"))
        .isEqualTo("x{i=~\".*\", j=~\".*\"}");
  }

  @Test
  void in_valueWithADollar_isPutInAsItIs() {
    assertThat(variables.in("x{m=\"$model\"}")).isEqualTo("x{m=\"a$1\"}");
  }

  @Test
  void in_windowOfARate_isFourScrapes() {
    assertThat(variables.in("rate(x[$__rate_interval]) + rate(x[$__interval])"))
        .isEqualTo("rate(x[60s]) + rate(x[15s])");
  }

  @Test
  void in_nameThatNobodyKnows_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> variables.in("x[$__rate_intervall]"))
        .withMessageContaining("$__rate_intervall");
  }
}
