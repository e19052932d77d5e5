package dev.unmask.worker.pages.transfer;

import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One WritePages call: sends as fast as the transport takes it, straight from the pages' memory.
 * Its callbacks run on the transport's thread, because they only checksum and copy what goes out
 * there.
 */
public final class PageWriteCall extends ClientCall.Listener<WritePagesResponse> {
  private static final Executor TRANSPORT = Runnable::run;

  private final ClientCall<OutgoingChunk, WritePagesResponse> call;
  private final Iterator<OutgoingChunk> chunks;
  private final CallEnd end = new CallEnd();
  private boolean sent;
  private Optional<WritePagesResponse> answer = Optional.empty();

  private PageWriteCall(ClientCall<OutgoingChunk, WritePagesResponse> call, List<Parcel> parcels) {
    this.call = call;
    this.chunks = parcels.stream().flatMap(parcel -> parcel.chunks().stream()).iterator();
  }

  /**
   * Pages of one state.
   *
   * @param namespace whose they are
   * @param state they are part of
   * @param cost of computing the whole state
   * @param pages to send
   */
  public record Shipment(String namespace, PageKey state, Duration cost, List<NamedPage> pages) {
    public Shipment {
      pages = List.copyOf(pages);
    }

    /** The same with some of the pages; each is asked about once, in their order. */
    public Shipment keeping(Predicate<NamedPage> kept) {
      return new Shipment(namespace, state, cost, pages.stream().filter(kept).toList());
    }

    Stream<Parcel> parcels() {
      return pages.stream().map(page -> new Parcel(this, page));
    }
  }

  /**
   * Begins to send pages of one namespace. Their memory is in use until there is an answer.
   *
   * @param options with a deadline, which is the only bound of the wait
   */
  static PageWriteCall start(Channel channel, CallOptions options, List<Parcel> parcels) {
    var method =
        PageCacheServiceGrpc.getWritePagesMethod().toBuilder(
                new OutgoingMarshaller(),
                PageCacheServiceGrpc.getWritePagesMethod().getResponseMarshaller())
            .build();
    var sending = options.withExecutor(TRANSPORT).withOnReadyThreshold(Limits.PAGE_QUEUED_BYTES);
    var writing = new PageWriteCall(channel.newCall(method, sending), parcels);
    writing.start();
    return writing;
  }

  @Override
  public void onReady() {
    while (!sent && call.isReady()) {
      if (chunks.hasNext()) {
        call.sendMessage(chunks.next());
      } else {
        sent = true;
        call.halfClose();
      }
    }
  }

  @Override
  public void onMessage(WritePagesResponse response) {
    answer = Optional.of(response);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.reached(status);
  }

  /** Waits for the end of the call; if that is good, there is an answer. */
  Status await() {
    var status = end.await(call);
    return status.isOk() && answer.isEmpty()
        ? Status.INTERNAL.withDescription("no answer")
        : status;
  }

  /** What became of the pages; empty before a good end. */
  Optional<WritePagesResponse> answer() {
    return answer;
  }

  private void start() {
    call.start(this, new Metadata());
    // A second one would be an error, and is told as such.
    call.request(2);
  }
}
