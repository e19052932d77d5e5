package dev.unmask.worker.pages.transfer;

import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;

/**
 * One ReadPages call. Its callbacks run on the transport's thread, because they only copy and
 * checksum what just arrived there.
 */
public final class PageReadCall extends ClientCall.Listener<Receipt> {
  private static final Executor TRANSPORT = Runnable::run;

  private final ClientCall<ReadPagesRequest, Receipt> call;
  private final CallEnd end = new CallEnd();

  private PageReadCall(ClientCall<ReadPagesRequest, Receipt> call) {
    this.call = call;
  }

  /**
   * Begins to read pages into a receipt. Its memory is in use until the end.
   *
   * @param options with a deadline, which is the only bound of the wait
   */
  static PageReadCall start(
      Channel channel, CallOptions options, ReadPagesRequest request, Receipt receipt) {
    var method =
        PageCacheServiceGrpc.getReadPagesMethod().toBuilder(
                PageCacheServiceGrpc.getReadPagesMethod().getRequestMarshaller(),
                new ChunkMarshaller(receipt))
            .build();
    var reading = new PageReadCall(channel.newCall(method, options.withExecutor(TRANSPORT)));
    reading.start(request);
    return reading;
  }

  /** Waits for the end of the call. */
  Status await() {
    return end.await(call);
  }

  /** Ends it, if it still goes on: what it reads is of no use. */
  void cancel() {
    call.cancel("of no use", null);
  }

  @Override
  public void onMessage(Receipt receipt) {
    if (receipt.miss().isPresent()) {
      call.cancel("a miss", null);
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.reached(status);
  }

  private void start(ReadPagesRequest request) {
    call.start(this, new Metadata());
    // Every message is consumed as it comes, so none waits for a request.
    call.request(Integer.MAX_VALUE);
    call.sendMessage(request);
    call.halfClose();
  }
}
