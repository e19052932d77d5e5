package dev.unmask.cache.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transport that hands streams over unread, with the generated stub. */
final class InProcessTest {
  private static final int LENGTH = 1000;
  private static final String NAME = "pages";

  @TempDir private Path directory;
  private Namespaces namespaces;
  private SlabStore store;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    store = new SlabStore(directory, List.of(new SlotClass(4096, 1)), Pages.RULES);
    namespaces = Namespaces.in(store, new StoreCounts());
    server =
        InProcessServerBuilder.forName(NAME)
            .addService(new PageCacheApi(namespaces, store::use))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(NAME).build();
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
    store.close();
  }

  @Test
  void readPages_generatedStub_isTheSamePageAndUnpinsIt() throws Exception {
    assertThat(Pages.put(alice(), 1, LENGTH)).isEqualTo(Outcome.STORED);
    BlockingClientCall<?, ReadPagesResponse> call =
        PageCacheServiceGrpc.newBlockingV2Stub(channel)
            .readPages(
                ReadPagesRequest.newBuilder()
                    .setNamespace("alice")
                    .addKeys(Pages.key(1).toMessage())
                    .addKeys(Pages.key(2).toMessage())
                    .build());

    assertThat(call.read().getData()).isEqualTo(ByteString.copyFrom(Pages.record(1, LENGTH)));
    assertThat(call.read().getMissing()).isTrue();
    assertThat(call.read()).isNull();
    assertThat(Pages.put(alice(), 3, LENGTH)).isEqualTo(Outcome.STORED);
  }

  @Test
  void writePages_generatedStub_storesThePage() throws Exception {
    BlockingClientCall<WritePagesRequest, WritePagesResponse> call =
        PageCacheServiceGrpc.newBlockingV2Stub(channel).writePages();
    var record = Pages.record(5, LENGTH);
    for (int offset = 0; offset < LENGTH; offset += 400) {
      int size = Math.min(400, LENGTH - offset);
      call.write(
          WritePagesRequest.newBuilder()
              .setNamespace("alice")
              .setKey(Pages.key(5).toMessage())
              .setLength(LENGTH)
              .setOffset(offset)
              .setData(ByteString.copyFrom(record.slice(offset, size)))
              .build());
    }
    call.halfClose();

    assertThat(call.read().getStored()).isEqualTo(1);
    assertThat(Pages.holds(alice(), 5, LENGTH)).isTrue();
  }

  private PageStore alice() {
    return namespaces.of("alice");
  }
}
