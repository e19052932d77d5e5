package dev.unmask.cache;

import static dev.unmask.cache.RunningCache.NAMESPACE;
import static dev.unmask.cache.RunningCache.chunks;
import static dev.unmask.cache.RunningCache.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterators;
import com.google.protobuf.ByteString;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.SlotClass;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over a real socket. Each test has page numbers of its own. */
final class CacheServerTest {
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
  void readPages_pageOfSeveralChunks_arrivesWholeAndInOrder() throws Exception {
    var record = Pages.record(10, 700_000);
    Writing.write(cache, chunks(Pages.key(10), record));

    var answer = new ArrayList<ReadPagesResponse>();
    cache.calls().readPages(read(10)).forEachRemaining(answer::add);

    assertThat(answer)
        .extracting(ReadPagesResponse::getOffset)
        .containsExactly(0L, 262144L, 524288L);
    assertThat(answer).allMatch(chunk -> chunk.getLength() == 700_000 && !chunk.getMissing());
    var data =
        answer.stream()
            .map(ReadPagesResponse::getData)
            .reduce(ByteString.EMPTY, ByteString::concat);
    assertThat(data).isEqualTo(ByteString.copyFrom(record));
  }

  @Test
  void readPages_someMissing_answersInTheOrderAsked() throws Exception {
    Writing.write(cache, chunks(Pages.key(20), Pages.record(20, 1000)));

    var answer = new ArrayList<ReadPagesResponse>();
    cache.calls().readPages(read(21, 20, 22)).forEachRemaining(answer::add);

    assertThat(answer).extracting(ReadPagesResponse::getKeyIndex).containsExactly(0, 1, 2);
    assertThat(answer).extracting(ReadPagesResponse::getMissing).containsExactly(true, false, true);
  }

  @Test
  void findPages_storedAndUnknown_givesLengths() throws Exception {
    Writing.write(cache, chunks(Pages.key(30), Pages.record(30, 1234)));

    assertThat(cache.calls().findPages(find(NAMESPACE, 31, 30)).getLengthsList())
        .containsExactly(0L, 1234L);
    assertThat(cache.calls().findPages(find("bob", 31, 30)).getLengthsList())
        .containsExactly(0L, 0L);
  }

  @Test
  void writePages_newPresentAndTooLong_areCounted() throws Exception {
    Writing.write(cache, chunks(Pages.key(40), Pages.record(40, 1000)));

    var pages = new ArrayList<>(chunks(Pages.key(40), Pages.record(40, 1000)));
    pages.addAll(chunks(Pages.key(41), Pages.record(41, 500_000)));
    pages.addAll(chunks(Pages.key(42), Pages.record(42, 5 << 20)));
    pages.addAll(chunks(Pages.key(43), Pages.record(44, 1000)));

    assertThat(Writing.write(cache, pages))
        .isEqualTo(
            WritePagesResponse.newBuilder().setStored(1).setPresent(1).setRefused(2).build());
  }

  @Test
  void writePages_cancelledInMidPage_givesTheSlotBack() throws Exception {
    long before = used();
    var context = io.grpc.Context.current().withCancellation();
    context.run(() ->
        cache
            .asyncCalls()
            .writePages(new Writing())
            .onNext(chunks(Pages.key(50), Pages.record(50, 400_000)).getFirst()));
    Awaitility.await().until(() -> used() == before + 1);

    context.cancel(null);

    Awaitility.await().until(() -> used() == before);
  }

  @Test
  void getCapabilities_defaults_holdPagesOfEveryModel() {
    var capabilities = cache.calls().getCapabilities(GetCapabilitiesRequest.getDefaultInstance());

    var sizes = capabilities.getSlotClassesList().stream().map(SlotClass::getSlotBytes).toList();
    assertThat(sizes).isSorted();
    for (long payload : List.of(16L << 10, 64L << 10, 128L << 10, 256L << 10, 512L << 10)) {
      assertThat(sizes).anyMatch(size -> size >= payload + 48 && size <= payload + 8192);
    }
    assertThat(
            capabilities.getSlotClassesList().stream()
                .mapToLong(c -> c.getSlotBytes() * c.getSlots())
                .sum())
        .isLessThanOrEqualTo(512L << 20);
  }

  @Test
  void health_whenServing_saysSo() {
    var health =
        HealthGrpc.newBlockingStub(cache.channel()).check(HealthCheckRequest.getDefaultInstance());

    assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void reflection_listServices_namesTheService() throws Exception {
    var services = new CompletableFuture<List<String>>();
    var out =
        ServerReflectionGrpc.newStub(cache.channel())
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    services.complete(
                        response.getListServicesResponse().getServiceList().stream()
                            .map(ServiceResponse::getName)
                            .toList());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    services.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    out.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());

    assertThat(services.get(10, TimeUnit.SECONDS)).contains("unmask.pagecache.v1.PageCacheService");
    out.onCompleted();
  }

  @Test
  void readPages_emptyNamespaceOfUnaskedPages_isAllMissing() {
    var answer = cache.calls().readPages(read(999).toBuilder().setNamespace("nobody").build());

    assertThat(Iterators.getOnlyElement(answer).getMissing()).isTrue();
  }

  private static long used() {
    return cache
        .calls()
        .getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
        .getSlotClassesList()
        .stream()
        .mapToLong(SlotClass::getUsed)
        .sum();
  }

  private static FindPagesRequest find(String namespace, long... numbers) {
    return FindPagesRequest.newBuilder()
        .setNamespace(namespace)
        .addAllKeys(read(numbers).getKeysList())
        .build();
  }
}
