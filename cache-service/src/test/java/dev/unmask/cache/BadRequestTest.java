package dev.unmask.cache;

import static dev.unmask.cache.RunningCache.chunks;
import static dev.unmask.cache.RunningCache.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.type.v1.PageKey;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests out of bounds: refused with every broken field named. */
final class BadRequestTest {
  @TempDir private static Path directory;
  private static RunningCache cache;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(directory);
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @Test
  void findPages_everythingWrong_namesEveryField() {
    var request =
        FindPagesRequest.newBuilder()
            .setNamespace("Not A Name")
            .addKeys(Pages.key(1).toMessage())
            .addKeys(PageKey.newBuilder().setDigest(ByteString.copyFromUtf8("short")))
            .build();

    assertThat(fields(catchThrowable(() -> cache.calls().findPages(request))))
        .containsExactlyInAnyOrder("namespace", "keys[1].digest");
  }

  @Test
  void readPages_noKeys_isRefused() {
    assertThat(fields(catchThrowable(() -> cache.calls().readPages(read()).hasNext())))
        .containsExactly("keys");
  }

  @Test
  void findPages_tooManyKeys_isRefused() {
    var request =
        FindPagesRequest.newBuilder()
            .setNamespace("a")
            .addAllKeys(Collections.nCopies(65_537, Pages.key(1).toMessage()))
            .build();

    assertThat(fields(catchThrowable(() -> cache.calls().findPages(request))))
        .containsExactly("keys");
  }

  /** A violation a key would not fit into the trailers that clients accept. */
  @Test
  void findPages_everyKeyBad_stillReachesTheClient() {
    var request =
        FindPagesRequest.newBuilder()
            .setNamespace("a")
            .addAllKeys(Collections.nCopies(65_536, PageKey.getDefaultInstance()))
            .build();

    assertThat(fields(catchThrowable(() -> cache.calls().findPages(request))))
        .hasSizeBetween(20, 200)
        .startsWith("keys[0].digest")
        .endsWith("request");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badChunks")
  void writePages_badChunk_isRefusedAndItsSlotFreed(String field, List<WritePagesRequest> sent) {
    assertThat(fields(catchThrowable(() -> Writing.write(cache, sent)))).contains(field);

    var used =
        cache
            .calls()
            .getCapabilities(dev.unmask.pagecache.v1.GetCapabilitiesRequest.getDefaultInstance());
    assertThat(used.getSlotClassesList()).allMatch(slots -> slots.getUsed() == 0);
  }

  static Stream<Arguments> badChunks() {
    var good = chunks(Pages.key(1), Pages.record(1, 600_000));
    return Stream.of(
        Arguments.of("namespace", change(good, 1, chunk -> chunk.setNamespace("bob"))),
        Arguments.of("key", change(good, 1, chunk -> chunk.setKey(Pages.key(2).toMessage()))),
        Arguments.of("key.digest", change(good, 0, WritePagesRequest.Builder::clearKey)),
        Arguments.of("length", change(good, 1, chunk -> chunk.setLength(700_000))),
        Arguments.of("length", change(good, 0, chunk -> chunk.setLength(65 << 20))),
        Arguments.of("length", change(good, 0, chunk -> chunk.setLength(-1))),
        Arguments.of("offset", change(good, 1, chunk -> chunk.setOffset(5))),
        Arguments.of("data", change(good, 0, WritePagesRequest.Builder::clearData)),
        Arguments.of("data", change(good, 2, chunk -> chunk.setData(good.get(0).getData()))),
        Arguments.of("data", good.subList(0, 2)),
        Arguments.of(
            "data",
            change(good, 0, chunk -> chunk.setData(ByteString.copyFrom(new byte[262_145])))));
  }

  @Test
  void writePages_messageAboveTheLimit_isRefusedByTheTransport() {
    var huge =
        change(
            chunks(Pages.key(1), Pages.record(1, 1000)),
            0,
            chunk -> chunk.setData(ByteString.copyFrom(new byte[10 << 20])));

    assertThatThrownBy(() -> Writing.write(cache, huge))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .satisfies(failure ->
            assertThat(Status.fromThrowable(failure).getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED));
  }

  private static List<WritePagesRequest> change(
      List<WritePagesRequest> chunks,
      int index,
      java.util.function.UnaryOperator<WritePagesRequest.Builder> edit) {
    var changed = new ArrayList<>(chunks);
    changed.set(index, edit.apply(chunks.get(index).toBuilder()).build());
    return changed;
  }

  private static List<String> fields(Throwable thrown) {
    var failure = thrown instanceof ExecutionException wrapped ? wrapped.getCause() : thrown;
    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    try {
      for (var detail : StatusProto.fromThrowable(failure).getDetailsList()) {
        if (detail.is(BadRequest.class)) {
          return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
              .map(BadRequest.FieldViolation::getField)
              .toList();
        }
      }
      return List.of();
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
