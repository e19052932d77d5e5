package dev.unmask.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * Prepares a connection for large messages, when its first bytes arrive and HTTP/2 is in place, and
 * then goes. It lets the peer send frames of {@link #FRAME_BYTES}, for every frame costs both sides
 * a header, promises and a turn of flow control; and it joins what arrives without copying it, as
 * netty would do with every buffer that begins in the middle of a frame.
 */
final class WideFrames extends ChannelInboundHandlerAdapter {
  /** Largest frame that is read. HTTP/2 begins with 16 KiB and allows up to 16 MiB. */
  static final int FRAME_BYTES = 64 << 10;

  private final Optional<Duration> stall;

  /**
   * For a connection that is not in use yet.
   *
   * @param stall longest a reader may take nothing; empty: for ever
   */
  WideFrames(Optional<Duration> stall) {
    this.stall = stall;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var http2 = context.pipeline().context(Http2ConnectionHandler.class);
    if (http2 != null && http2.handler() instanceof Http2ConnectionHandler handler) {
      prepare(handler, http2);
      context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  private void prepare(Http2ConnectionHandler handler, ChannelHandlerContext context) {
    handler.setCumulator(ByteToMessageDecoder.COMPOSITE_CUMULATOR);
    var settings = new Http2Settings().maxFrameSize(FRAME_BYTES);
    var _ = handler.encoder().writeSettings(context, settings, context.newPromise());
    context.flush();
    stall.ifPresent(bound -> StalledStreams.watch(handler, context, bound));
  }
}
