package dev.unmask.worker.pages.placement;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance with two connections, which do what the test says. */
class InstanceTest {
  private final Line one = new Line();
  private final Line two = new Line();
  private final Instance instance = new Instance("a", List.of(one, two));
  private final List<ConnectivityState> heard = new ArrayList<>();

  private static final class Line extends Subchannel {
    private Optional<SubchannelStateListener> listener = Optional.empty();
    private int attempts;

    void becomes(ConnectivityState state) {
      listener
          .orElseThrow()
          .onSubchannelState(
              state == TRANSIENT_FAILURE
                  ? ConnectivityStateInfo.forTransientFailure(Status.UNAVAILABLE)
                  : ConnectivityStateInfo.forNonError(state));
    }

    @Override
    public void start(SubchannelStateListener told) {
      listener = Optional.of(told);
    }

    @Override
    public void shutdown() {}

    @Override
    public void requestConnection() {
      attempts++;
    }

    @Override
    public List<EquivalentAddressGroup> getAllAddresses() {
      return List.of();
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }
  }

  @BeforeEach
  void start() {
    instance.start(heard::add);
  }

  @Test
  void start_connectsAllAndIsAwaited() {
    assertThat(one.attempts + two.attempts).isEqualTo(2);
    assertThat(instance.taking()).isEmpty();
    assertThat(instance.awaited()).isTrue();
  }

  @Test
  void taking_lanes_goOverConnectionsThatAreReady() {
    two.becomes(READY);
    var alone = instance.taking().orElseThrow();
    assertThat(alone.subchannel(0)).isSameAs(two);
    assertThat(alone.subchannel(1)).isSameAs(two);

    one.becomes(READY);
    var both = instance.taking().orElseThrow();
    assertThat(List.of(both.subchannel(0), both.subchannel(1), both.subchannel(2)))
        .containsExactly(one, two, one);
    assertThat(heard).containsExactly(READY, READY);
  }

  @Test
  void taking_oneConnectionLost_goesOnAsTheSame() {
    one.becomes(READY);
    two.becomes(READY);
    one.becomes(IDLE);
    one.becomes(READY);

    assertThat(instance.taking().orElseThrow().connection()).isEqualTo(1);
  }

  @Test
  void taking_allLostAndBack_isCountedAnew() {
    one.becomes(READY);
    two.becomes(READY);
    one.becomes(IDLE);
    two.becomes(IDLE);
    assertThat(instance.taking()).isEmpty();
    assertThat(instance.awaited()).isFalse();
    assertThat(one.attempts).isEqualTo(2);
    assertThat(instance.failure().getDescription()).isEqualTo("the connection to a was lost");

    two.becomes(READY);
    assertThat(instance.taking().orElseThrow().connection()).isEqualTo(2);
  }

  @Test
  void awaited_everyConnectionFails_isOverUntilOneIsReady() {
    one.becomes(TRANSIENT_FAILURE);
    assertThat(instance.awaited()).isTrue();
    two.becomes(TRANSIENT_FAILURE);
    two.becomes(CONNECTING);

    assertThat(instance.awaited()).isFalse();
    assertThat(instance.failure().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }
}
