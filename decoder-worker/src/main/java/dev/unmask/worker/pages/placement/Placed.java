package dev.unmask.worker.pages.placement;

import dev.unmask.page.PageKey;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A call about a state on its way to the instance that keeps it. The balancer learns from it where
 * the state is at home and which instances to leave alone for now, and notes where it sent the
 * call; proxies in between can place it by its header. For one call, or one on each lane at once.
 */
public final class Placed {
  /** The key of its home in hexadecimal digits; mostly the state's name. */
  public static final Metadata.Key<String> STATE =
      Metadata.Key.of("x-unmask-state", Metadata.ASCII_STRING_MARSHALLER);

  static final CallOptions.Key<Placed> KEY = CallOptions.Key.create("unmask-placed");
  static final CallOptions.Key<Integer> LANE = CallOptions.Key.createWithDefault("unmask-lane", 0);

  private final PageKey home;
  private final long hash;
  private final Pauses pauses;
  private volatile Optional<Pause> instance = Optional.empty();
  private volatile boolean avoided;

  /**
   * A call about states.
   *
   * @param home key of their {@link Home}
   */
  public Placed(PageKey home, Pauses pauses) {
    this.home = home;
    this.pauses = pauses;
    hash = ByteBuffer.wrap(home.toByteArray()).getLong();
  }

  /** The channel with this call's way attached. */
  public Channel over(Channel channel) {
    return over(channel, 0);
  }

  /**
   * The channel with this call's way attached.
   *
   * @param lane which of the connections to the instance it takes; any number from 0
   */
  public Channel over(Channel channel, int lane) {
    return ClientInterceptors.intercept(channel, new Attaching(lane));
  }

  /** The pause of where it went; that of all if it went nowhere. */
  public Pause pause() {
    return instance.orElseGet(pauses::unreached);
  }

  /** Whether it went nowhere because all instances that can be reached have a pause. */
  public boolean avoided() {
    return avoided;
  }

  /** Bits of the home's key. */
  long hash() {
    return hash;
  }

  boolean allows(InstancePicker.Ready ready) {
    return !pause(ready).on();
  }

  void goesTo(InstancePicker.Ready ready) {
    instance = Optional.of(pause(ready));
    avoided = false;
  }

  private Pause pause(InstancePicker.Ready ready) {
    return pauses.of(ready.name(), ready.connection());
  }

  void goesNowhere() {
    avoided = true;
  }

  private final class Attaching implements ClientInterceptor {
    private final int lane;

    Attaching(int lane) {
      this.lane = lane;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      var placed = options.withOption(KEY, Placed.this).withOption(LANE, lane);
      var call = next.newCall(method, placed);
      return new SimpleForwardingClientCall<>(call) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.put(STATE, HexFormat.of().formatHex(home.toByteArray()));
          super.start(listener, headers);
        }
      };
    }
  }
}
