package dev.unmask.cache.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TimeToLiveTest {
  private static final Weight WEIGHT = new Weight(1, 1);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
  private final TimeToLive<String> policy = new TimeToLive<>(Duration.ofNanos(100), now::get);

  @Test
  void expired_beforeAndAtTheEndOfALife_namesItThen() {
    policy.stored("a", WEIGHT);
    now.addAndGet(50);
    policy.stored("b", WEIGHT);

    now.addAndGet(49);
    assertThat(policy.expired()).isEmpty();
    now.addAndGet(1);
    assertThat(policy.expired()).hasValue("a");
    assertThat(policy.expired()).isEmpty();
    now.addAndGet(50);
    assertThat(policy.expired()).hasValue("b");
  }

  @Test
  void expired_usedAndGrown_livesNoLonger() {
    policy.stored("a", WEIGHT);
    now.addAndGet(90);
    policy.used("a");
    policy.stored("a", new Weight(2, 1));
    now.addAndGet(10);

    assertThat(policy.expired()).hasValue("a");
  }

  @Test
  void giveUp_nothingExpired_isTheNextToExpire() {
    policy.stored("a", WEIGHT);
    policy.stored("b", WEIGHT);
    policy.used("a");

    assertThat(policy.giveUp(_ -> true)).hasValue("a");
  }
}
