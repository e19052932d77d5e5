package dev.unmask.worker.pages.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.CacheServer;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.ListStatesRequest;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.worker.pages.SharingWorker;
import dev.unmask.worker.pages.State;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the links of chains lie among three real cache-services. */
@Timeout(60)
final class ChainPlacementTest {
  private static final int LINKS = 40;
  private static final int CHAINS = 5;

  @TempDir private Path directory;
  private final List<CacheServer> servers = new ArrayList<>();
  private SharingWorker worker;

  @BeforeEach
  void start() {
    for (int i = 0; i < 3; i++) {
      servers.add(
          CacheServer.start(
              new HashMap<>(
                  Map.of(
                      "unmask.cache.directory",
                      directory.resolve("" + i).toString(),
                      "grpc.server.port",
                      0))));
    }
    var instances =
        servers.stream().map(one -> "127.0.0.1:" + one.port()).collect(Collectors.joining(","));
    worker = new SharingWorker(instances, SharingWorker.PATIENT, Chains.SECRETS);
  }

  @AfterEach
  void stop() {
    worker.close();
    servers.forEach(CacheServer::close);
  }

  @Test
  void publish_longChains_keepEachRunTogetherAndSpreadRuns() {
    // Until there is a connection to all instances, states go wherever there is one.
    await().until(() -> spread().size() == 3);
    var chains = IntStream.range(1, CHAINS + 1).mapToObj(seed -> publish(seed, LINKS)).toList();
    long pages = (long) CHAINS * LINKS * Chains.LAYOUT.layers();
    await().until(() -> worker.counts.published() >= pages);

    var homes = new HashSet<Integer>();
    var stored = servers.stream().map(ChainPlacementTest::states).toList();
    for (var chain : chains) {
      for (var run : chain.runs(LINKS)) {
        var home = home(stored, run.getFirst());
        assertThat(run).allMatch(link -> home(stored, link) == home);
        homes.add(home);
      }
    }
    assertThat(homes).hasSize(3);
    for (int seed = 1; seed <= CHAINS; seed++) {
      assertThat(Chains.links(worker, Chains.tokens(seed, LINKS))).isEqualTo(LINKS);
    }
  }

  private Chain publish(int seed, int links) {
    int[] tokens = Chains.tokens(seed, links);
    var chain = worker.chains.chain(Chains.TERMS, tokens);
    var span = Chains.computed(Chains.TERMS, tokens, 0, links);
    long before = worker.counts.published();
    worker.chains.publish(chain, 0, span, Duration.ofMillis(1), Lease.none());
    await().until(() -> worker.counts.published() > before);
    return chain;
  }

  /** Instances that short chains of their own seeds have gone to. */
  private Set<Integer> spread() {
    IntStream.range(1000, 1010)
        .filter(seed -> Chains.links(worker, Chains.tokens(seed, 1)) == 0)
        .forEach(seed -> publish(seed, 1));
    return IntStream.range(0, 3)
        .filter(server -> !states(servers.get(server)).isEmpty())
        .boxed()
        .collect(Collectors.toSet());
  }

  private static int home(List<Set<PageKey>> stored, State link) {
    var homes =
        IntStream.range(0, stored.size())
            .filter(server -> stored.get(server).contains(link.name()))
            .toArray();
    assertThat(homes).hasSize(1);
    return homes[0];
  }

  private static Set<PageKey> states(CacheServer server) {
    var channel = PageChannels.open("127.0.0.1:" + server.port(), new Lanes(1));
    try {
      return PageCacheAdminServiceGrpc.newBlockingStub(channel)
          .listStates(
              ListStatesRequest.newBuilder()
                  .setNamespace("alice")
                  .setPageSize(Limits.ADMIN_STATES)
                  .build())
          .getStatesList()
          .stream()
          .map(state -> PageKey.of(state.getState()))
          .collect(Collectors.toSet());
    } finally {
      channel.shutdownNow();
    }
  }
}
