package dev.unmask.worker.pages.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes out against what generated code reads. */
final class OutgoingMarshallerTest {
  private static final PageKey KEY = PageKey.of(new byte[PageKey.BYTES]);
  private static final Shipment SHIPMENT =
      new Shipment("alice", KEY, Duration.ofMillis(7), List.of());

  private final OutgoingMarshaller marshaller = new OutgoingMarshaller();

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, (256 << 10) - 48, (256 << 10) - 47, 700_000})
  void stream_everyChunk_isReadBackAsTheRecord(int bytes) throws IOException {
    var page = page(bytes);
    var record = ByteString.EMPTY;

    for (var chunk : OutgoingChunk.of(SHIPMENT, page)) {
      var message = read(chunk);
      assertThat(message.getOffset()).isEqualTo(record.size());
      assertThat(message.getData().size()).isBetween(1, Limits.PAGE_CHUNK_BYTES);
      assertThat(message.getLength()).isEqualTo(page.recordBytes());
      assertThat(message.getNamespace()).isEqualTo("alice");
      assertThat(message.getKey()).isEqualTo(KEY.toMessage());
      record = record.concat(message.getData());
    }

    assertThat(PageRecord.open(KEY, record.asReadOnlyByteBuffer())).contains(page.payload());
  }

  @Test
  void stream_firstChunkAlone_namesStateAndCost() throws IOException {
    var chunks = OutgoingChunk.of(SHIPMENT, page(300_000));

    var first = read(chunks.getFirst());
    assertThat(first.getState()).isEqualTo(KEY.toMessage());
    assertThat(first.getCostMicros()).isEqualTo(7000);
    var second = read(chunks.get(1));
    assertThat(second.hasState()).isFalse();
    assertThat(second.getCostMicros()).isZero();
  }

  private WritePagesRequest read(OutgoingChunk chunk) throws IOException {
    try (var stream = marshaller.stream(chunk)) {
      return WritePagesRequest.parseFrom(stream);
    }
  }

  private static NamedPage page(int bytes) {
    var payload = ByteBuffer.allocateDirect(bytes);
    for (int i = 0; i < bytes; i++) {
      payload.put(i, (byte) (i * 31));
    }
    return new NamedPage(KEY, payload);
  }
}
