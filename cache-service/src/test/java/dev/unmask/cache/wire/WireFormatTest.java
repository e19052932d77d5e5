package dev.unmask.cache.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.unmask.cache.Pages;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.type.v1.PageKey;
import io.grpc.Drainable;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own marshallers against the generated ones. */
final class WireFormatTest {
  private final OutgoingMarshaller outgoing = new OutgoingMarshaller();
  private final IncomingMarshaller incoming = new IncomingMarshaller();

  /** Counts how often it is given back. */
  private record CountedPage(ByteBuffer bytes, AtomicInteger closed) implements PinnedPage {
    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1000, 0, 1000",
    "0, 200000, 0, 200000",
    "3, 700000, 262144, 262144",
    "65535, 70000000, 66000000, 4000000"
  })
  void stream_piece_isWhatProtobufWrites(int index, int length, int offset, int size)
      throws IOException {
    var record = ByteBuffer.allocateDirect(length);
    for (int i = 0; i < length; i += 97) {
      record.put(i, (byte) i);
    }
    var page = new HeldPage(new CountedPage(record.asReadOnlyBuffer(), new AtomicInteger()));
    var piece = new OutgoingChunk.Piece(index, page, offset, size);
    var expected =
        ReadPagesResponse.newBuilder()
            .setKeyIndex(index)
            .setLength(length)
            .setOffset(offset)
            .setData(ByteString.copyFrom(record.slice(offset, size)))
            .build()
            .toByteArray();

    var drained = new ByteArrayOutputStream();
    try (var stream = outgoing.stream(piece)) {
      assertThat(stream.available()).isEqualTo(expected.length);
      assertThat(((Drainable) stream).drainTo(drained)).isEqualTo(expected.length);
      assertThat(stream.available()).isZero();
    }
    assertThat(drained.toByteArray()).isEqualTo(expected);
    try (var stream = outgoing.stream(piece)) {
      assertThat(stream.readAllBytes()).isEqualTo(expected);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void stream_missing_isWhatProtobufWrites() throws IOException {
    var expected = ReadPagesResponse.newBuilder().setKeyIndex(300).setMissing(true).build();

    try (var stream = outgoing.stream(new OutgoingChunk.Missing(300))) {
      assertThat(stream.readAllBytes()).isEqualTo(expected.toByteArray());
    }
  }

  @Test
  void stream_unread_keepsItsPageUntilItIsClosed() throws IOException {
    var closed = new AtomicInteger();
    var page = new HeldPage(new CountedPage(ByteBuffer.allocateDirect(100), closed));
    var stream = outgoing.stream(new OutgoingChunk.Piece(0, page, 0, 100));

    page.release();
    assertThat(closed).hasValue(0);
    stream.close();
    stream.close();

    assertThat(closed).hasValue(1);
  }

  @Test
  void parse_dataBeforeOtherFieldsAndTwice_isReadAsProtobufReadsIt() throws IOException {
    var head = WritePagesRequest.newBuilder().setNamespace("alice").setLength(5).build();
    var tail =
        WritePagesRequest.newBuilder()
            .setKey(Pages.key(1).toMessage())
            .setState(Pages.key(2).toMessage())
            .setOffset(7)
            .setCostMicros(8)
            .build();
    var message = new ByteArrayOutputStream();
    var out = CodedOutputStream.newInstance(message);
    out.writeByteArray(WritePagesRequest.DATA_FIELD_NUMBER, new byte[900]);
    head.writeTo(out);
    out.writeByteArray(WritePagesRequest.DATA_FIELD_NUMBER, new byte[] {1, 2, 3});
    out.writeString(99, "a field of a later version");
    out.writeFixed32(98, 1);
    tail.writeTo(out);
    out.flush();

    try (var chunk = incoming.parse(new Detaching(message.toByteArray()))) {
      assertThat(chunk.fields()).isEqualTo(head.toBuilder().mergeFrom(tail).build());
      assertThat(chunk.size()).isEqualTo(3);
      var data = ByteBuffer.allocate(10).position(4);
      chunk.copyTo(data);
      assertThat(data.array()).startsWith(0, 0, 0, 0, 1, 2, 3, 0);
    }
  }

  /** Found by fuzzing: protobuf merges a message that stands there twice. */
  @Test
  void parse_keyTwice_isMergedAsProtobufDoesIt() throws IOException {
    var key = WritePagesRequest.newBuilder().setKey(Pages.key(1).toMessage()).build();
    var again = WritePagesRequest.newBuilder().setKey(PageKey.getDefaultInstance()).build();
    var message = new ByteArrayOutputStream();
    key.writeTo(message);
    again.writeTo(message);

    try (var chunk = incoming.parse(new Detaching(message.toByteArray()))) {
      assertThat(chunk.fields()).isEqualTo(key);
    }
  }

  @Test
  void parse_noDetachableStream_readsACopy() {
    byte[] message =
        WritePagesRequest.newBuilder()
            .setNamespace("alice")
            .setData(ByteString.copyFromUtf8("abc"))
            .build()
            .toByteArray();

    try (var chunk = incoming.parse(new ByteArrayInputStream(message))) {
      assertThat(chunk.fields().getNamespace()).isEqualTo("alice");
      var data = ByteBuffer.allocate(3);
      chunk.copyTo(data);
      assertThat(data.array()).isEqualTo(new byte[] {'a', 'b', 'c'});
    }
  }

  @ParameterizedTest
  @CsvSource({"2A05, data longer than the message", "0A05616C, text longer", "2AFFFFFFFF0F, -1"})
  void parse_damagedMessage_isInternal(String hex, String what) {
    byte[] message = java.util.HexFormat.of().parseHex(hex);

    assertThatThrownBy(() -> incoming.parse(new Detaching(message)))
        .as(what)
        .satisfies(failure ->
            assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INTERNAL));
  }
}
