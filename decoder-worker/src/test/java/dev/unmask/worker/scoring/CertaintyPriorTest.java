package dev.unmask.worker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CertaintyPriorTest {
  @Test
  void density_casesOfTheOriginal_areEqual() throws IOException {
    var helpers = new ObjectMapper().readTree(new File("src/test/golden/d2cache_helpers.json"));
    var cases = helpers.required("certainty_density");

    assertThat(cases).isNotEmpty();
    cases.forEach(CertaintyPriorTest::compare);
  }

  private static void compare(JsonNode expected) {
    boolean[] known = new boolean[expected.required("decoded").size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = expected.required("decoded").get(i).asInt() == 1;
    }
    var prior = new CertaintyPrior(expected.required("sigma").asDouble(), known.length);
    for (int i = 0; i < known.length; i++) {
      float density = (float) expected.required("density").get(i).asDouble();
      assertThat(prior.density(known, i)).isCloseTo(density, within(1e-5f));
    }
  }

  @Test
  void density_nothingKnown_fallsToTheRight() {
    var prior = new CertaintyPrior(4, 16);
    boolean[] known = new boolean[16];

    for (int i = 1; i < 16; i++) {
      assertThat(prior.density(known, i)).isLessThan(prior.density(known, i - 1)).isPositive();
    }
  }

  @Test
  void density_everythingKnown_isOne() {
    boolean[] known = {true, true, true, true};

    assertThat(new CertaintyPrior(0.5, 4).density(known, 2)).isCloseTo(1f, within(1e-6f));
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CertaintyPrior(0, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new CertaintyPrior(Double.NaN, 4));
  }
}
