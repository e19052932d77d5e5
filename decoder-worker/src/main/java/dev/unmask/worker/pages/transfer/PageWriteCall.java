package dev.unmask.worker.pages.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc.PageCacheServiceBlockingV2Stub;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One WritePages call: sends as fast as the transport takes it, straight from the pages' memory.
 */
public final class PageWriteCall {
  private final BlockingClientCall<WritePagesRequest, WritePagesResponse> call;
  private final Shipment shipment;

  private PageWriteCall(
      BlockingClientCall<WritePagesRequest, WritePagesResponse> call, Shipment shipment) {
    this.call = call;
    this.shipment = shipment;
  }

  /**
   * What the pages are of.
   *
   * @param namespace whose they are
   * @param state they are part of
   * @param cost of computing the whole state
   */
  public record Shipment(String namespace, PageKey state, Duration cost) {}

  /**
   * Sends pages.
   *
   * @param calls with a deadline, which is the only bound of the wait
   * @return what became of them
   */
  public static WritePagesResponse run(
      PageCacheServiceBlockingV2Stub calls, Shipment shipment, List<NamedPage> pages)
      throws StatusException, InterruptedException {
    var call = calls.withOnReadyThreshold(Limits.PAGE_READ_AHEAD_BYTES).writePages();
    try {
      var writing = new PageWriteCall(call, shipment);
      for (var page : pages) {
        writing.send(page);
      }
      call.halfClose();
      return answer(call.read());
    } finally {
      call.cancel("over", null);
    }
  }

  private static WritePagesResponse answer(WritePagesResponse response) throws StatusException {
    if (response == null) {
      throw Status.INTERNAL.withDescription("no answer").asException();
    }
    return response;
  }

  private void send(NamedPage page) throws StatusException, InterruptedException {
    var payload = page.payload();
    // Unsafe is safe here: the transport has copied the bytes when write returns.
    var record =
        ByteString.empty()
            .concat(UnsafeByteOperations.unsafeWrap(PageRecord.header(page.key(), payload)))
            .concat(UnsafeByteOperations.unsafeWrap(payload));
    for (int offset = 0; offset < record.size(); offset += Limits.PAGE_CHUNK_BYTES) {
      int end = Math.min(record.size(), offset + Limits.PAGE_CHUNK_BYTES);
      var chunk =
          WritePagesRequest.newBuilder()
              .setNamespace(shipment.namespace())
              .setKey(page.key().toMessage())
              .setLength(record.size())
              .setOffset(offset)
              .setData(record.substring(offset, end));
      if (offset == 0) {
        chunk
            .setState(shipment.state().toMessage())
            .setCostMicros(TimeUnit.NANOSECONDS.toMicros(shipment.cost().toNanos()));
      }
      boolean sent = call.write(chunk.build());
      if (!sent) {
        throw Status.UNAVAILABLE.withDescription("the service ended the call").asException();
      }
    }
  }
}
