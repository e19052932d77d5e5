package dev.unmask.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Ends the streams of a connection whose reader takes nothing: data waits for it, and for a while
 * it has made no room. gRPC itself would keep the data, and whatever the call holds, as long as the
 * connection lives. The reset fails the writes that wait, and so the call is over. Runs on the
 * connection's thread.
 */
final class StalledStreams {
  /** A stall is noticed this part of the bound late, at most. */
  private static final int LOOKS_A_BOUND = 4;

  private final Http2ConnectionHandler http2;
  private final ChannelHandlerContext context;
  private final long boundNanos;
  private final Http2Connection.PropertyKey lastRoom;

  private StalledStreams(
      Http2ConnectionHandler http2, ChannelHandlerContext context, Duration bound) {
    this.http2 = http2;
    this.context = context;
    this.boundNanos = bound.toNanos();
    this.lastRoom = http2.connection().newKey();
  }

  /**
   * Begins to look at a connection, until it closes.
   *
   * @param context of its HTTP/2 handler
   * @param bound longest a reader may take nothing
   */
  static void watch(Http2ConnectionHandler http2, ChannelHandlerContext context, Duration bound) {
    var streams = new StalledStreams(http2, context, bound);
    http2.decoder().frameListener(streams.new Updates(http2.decoder().frameListener()));
    long pause = Math.max(1, bound.toNanos() / LOOKS_A_BOUND);
    var looks =
        context
            .executor()
            .scheduleWithFixedDelay(streams::look, pause, pause, TimeUnit.NANOSECONDS);
    context.channel().closeFuture().addListener(_ -> looks.cancel(false));
  }

  private void look() {
    var stalled = new ArrayList<Http2Stream>();
    long now = System.nanoTime();
    try {
      http2
          .connection()
          .forEachActiveStream(stream -> {
            if (stalled(stream, now)) {
              stalled.add(stream);
            }
            return true;
          });
    } catch (Http2Exception e) {
      throw new IllegalStateException("a look at a stream does not fail", e);
    }
    for (var stream : stalled) {
      var _ =
          http2.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
    }
    if (!stalled.isEmpty()) {
      context.flush();
    }
  }

  /** A stream with nothing to send is never stalled, and begins anew when something waits. */
  private boolean stalled(Http2Stream stream, long now) {
    if (!http2.connection().remote().flowController().hasFlowControlled(stream)) {
      stream.removeProperty(lastRoom);
      return false;
    }
    Long since = stream.getProperty(lastRoom);
    if (since == null) {
      stream.setProperty(lastRoom, now);
      return false;
    }
    return now - since >= boundNanos;
  }

  /** Notices when a reader makes room. */
  private final class Updates extends Http2FrameListenerDecorator {
    Updates(Http2FrameListener listener) {
      super(listener);
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext from, int id, int bytes)
        throws Http2Exception {
      var stream = http2.connection().stream(id);
      if (stream != null) {
        stream.removeProperty(lastRoom);
      }
      super.onWindowUpdateRead(from, id, bytes);
    }
  }
}
