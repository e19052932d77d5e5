package dev.unmask.gateway;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Ends HTTP connections that hold no whole request for too long, however often they send a byte: a
 * request under way may take its time, one that never ends may not.
 */
final class SlowRequests implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String NAME = "slow-requests";

  private final Duration most;

  /** Bounds connections. */
  SlowRequests(Duration most) {
    this.most = most;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new Customizer(Optional.empty()));
    return event.getBean();
  }

  /** Of the listener, and of each of its connections. */
  private final class Customizer implements NettyServerCustomizer {
    private final Optional<Channel> connection;

    Customizer(Optional<Channel> connection) {
      this.connection = connection;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new Customizer(Optional.of(channel)) : this;
    }

    @Override
    public void onStreamPipelineBuilt() {
      connection.ifPresent(channel ->
          channel
              .pipeline()
              .addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, NAME, new Watch()));
    }
  }

  /** One connection, on its event loop. */
  private final class Watch extends ChannelDuplexHandler {
    private Optional<Future<?>> end = Optional.empty();
    private int underWay;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      begin(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof LastHttpContent) {
        underWay++;
        stop();
      }
      super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (message instanceof LastHttpContent) {
        // A request may have come while another one is answered; a 100 (Continue) answers none.
        underWay = Math.max(0, underWay - 1);
        if (underWay == 0) {
          begin(context);
        }
      }
      super.write(context, message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      stop();
      super.channelInactive(context);
    }

    private void begin(ChannelHandlerContext context) {
      stop();
      Runnable hangUp =
          () -> {
            var _ = context.close();
          };
      end = Optional.of(context.executor().schedule(hangUp, most.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void stop() {
      end.ifPresent(timer -> timer.cancel(false));
      end = Optional.empty();
    }
  }
}
