package dev.unmask.worker.pages.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.cache.CacheServer;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.EvictStatesRequest;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.pages.SharingWorker;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.pages.transfer.Miss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which beginning of a chain a real cache-service has. Each test has tokens of its own. */
@Timeout(60)
final class SharedChainsTest {
  private static final Duration COST = Duration.ofMillis(3);
  private static final int PAGES = Chains.LAYOUT.layers();

  @TempDir private static Path directory;
  private static CacheServer server;
  private SharingWorker one;
  private SharingWorker two;
  private int expected;

  @BeforeAll
  static void start() {
    server =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    one = worker(Chains.SECRETS);
    two = worker(Chains.SECRETS);
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static SharingWorker worker(Map<String, byte[]> secrets) {
    return new SharingWorker("127.0.0.1:" + server.port(), SharingWorker.PATIENT, secrets);
  }

  /** Worker one publishes links, and waits until so many pages of them are new in the store. */
  private void publish(ChainTerms terms, int[] tokens, int first, int end, int pages) {
    var span = Chains.computed(terms, tokens, first, end);
    one.chains.publish(one.chains.chain(terms, tokens), first, span, COST, Lease.none());
    expected += pages;
    Awaitility.await().until(() -> one.counts.published() == expected);
  }

  private void publish(int[] tokens, int first, int end) {
    publish(Chains.TERMS, tokens, first, end, (end - first) * PAGES);
  }

  @Test
  void find_nothingPublished_isToBeComputed() {
    int[] tokens = Chains.tokens(1, 3);

    var beginning = Chains.find(one, tokens);

    assertThat(beginning.found()).isEmpty();
    assertThat(beginning.present()).isZero();
    assertThat(beginning.missed()).isEqualTo(3 * PAGES);
    assertThat(beginning.decision().compute()).isPresent();
    assertThat(one.counts.misses(Miss.ABSENT)).isEqualTo(3);
    assertThat(one.counts.granted()).isEqualTo(1);
    beginning.lease().close();
  }

  @Test
  void find_publishedByAnotherWorker_isAllOfIt() {
    int[] tokens = Chains.tokens(2, 3);
    publish(tokens, 0, 3);

    var beginning = Chains.find(two, tokens);

    assertThat(beginning.found().orElseThrow().pages()).isEqualTo(3 * PAGES);
    assertThat(beginning.missed()).isZero();
    assertThat(Chains.links(beginning, Chains.TERMS, tokens)).isEqualTo(3);
    assertThat(two.counts.hits()).isEqualTo(3);
    assertThat(two.counts.granted()).isZero();
  }

  @Test
  void find_tokensBehindTheLastWholeLink_doNotCount() {
    int[] tokens = Chains.tokens(3, 2);
    publish(tokens, 0, 2);

    assertThat(Chains.links(two, Arrays.copyOf(tokens, 64 + 31))).isEqualTo(2);
    assertThat(Chains.links(two, Arrays.copyOf(tokens, 63))).isEqualTo(1);
  }

  @Test
  void find_anotherEnd_takesTheCommonBeginning() {
    int[] first = Chains.tokens(4, 5);
    publish(first, 0, 5);
    int[] other = Chains.tokens(first, 3, Chains.tokens(5, 4), 4);

    var beginning = Chains.find(two, other);

    assertThat(beginning.missed()).isEqualTo(4 * PAGES);
    assertThat(beginning.found().orElseThrow().pages()).isEqualTo(3 * PAGES);
    assertThat(two.counts.misses(Miss.ABSENT)).isEqualTo(4);
    assertThat(Chains.links(beginning, Chains.TERMS, other)).isEqualTo(3);
  }

  @Test
  void publish_branches_shareTheLinksOfTheirBeginning() {
    int[] one = Chains.tokens(6, 6);
    int[] other = Chains.tokens(one, 4, Chains.tokens(7, 3), 3);
    publish(one, 0, 6);
    // All of it is offered; what is there already is not sent.
    publish(Chains.TERMS, other, 0, 7, 3 * PAGES);

    assertThat(Chains.links(two, one)).isEqualTo(6);
    assertThat(Chains.links(two, other)).isEqualTo(7);
  }

  @Test
  void find_linkMissingInTheMiddle_endsBeforeItUntilItIsThere() {
    int[] tokens = Chains.tokens(8, 6);
    publish(tokens, 0, 2);
    publish(tokens, 3, 6);

    assertThat(Chains.links(two, tokens)).isEqualTo(2);
    publish(Chains.TERMS, tokens, 2, 6, PAGES);
    assertThat(Chains.links(two, tokens)).isEqualTo(6);
  }

  @Test
  void find_linkGivenUpByTheStore_endsBeforeIt() {
    int[] tokens = Chains.tokens(9, 4);
    publish(tokens, 0, 4);
    evict(one.chains.chain(Chains.TERMS, tokens).links().get(1).name());

    assertThat(Chains.links(two, tokens)).isEqualTo(1);
    publish(Chains.TERMS, tokens, 1, 4, PAGES);
    assertThat(Chains.links(two, tokens)).isEqualTo(4);
  }

  private static void evict(PageKey state) {
    var channel = PageChannels.open("127.0.0.1:" + server.port(), new Lanes(1));
    try {
      var evicted =
          PageCacheAdminServiceGrpc.newBlockingStub(channel)
              .evictStates(
                  EvictStatesRequest.newBuilder()
                      .setNamespace("alice")
                      .addStates(state.toMessage())
                      .build());
      assertThat(evicted.getEvicted()).isEqualTo(1);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void find_chainOfSeveralRuns_isFoundToItsEnd() {
    int[] tokens = Chains.tokens(10, 40);
    publish(tokens, 0, 20);
    assertThat(Chains.links(two, tokens)).isEqualTo(20);

    publish(tokens, 20, 40);
    assertThat(Chains.links(two, tokens)).isEqualTo(40);
  }

  @Test
  void find_chainOfMoreRunsThanAreAskedAboutAtOnce_isFoundToItsEnd() {
    int[] tokens = Chains.tokens(11, 270);
    publish(tokens, 0, 270);

    assertThat(Chains.links(two, tokens)).isEqualTo(270);
  }

  @Test
  void find_whatAGenerationLeft_isTheNextTurnsBeginning() {
    int[] prompt = Chains.tokens(12, 3);
    publish(prompt, 0, 3);
    int[] answered = Chains.tokens(prompt, 3, Chains.tokens(13, 2), 2);
    publish(answered, 3, 5);
    int[] nextTurn = Chains.tokens(answered, 5, Chains.tokens(14, 2), 2);

    assertThat(Chains.links(two, nextTurn)).isEqualTo(5);
  }

  @Test
  void find_blocksLongerThanAPage_areLinksOfSeveralPages() {
    var terms = Chains.terms("alice", () -> 64, PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    int[] tokens = Chains.tokens(15, 6);
    publish(terms, tokens, 0, 3, 3 * 2 * PAGES);

    int[] other = Chains.tokens(tokens, 5, Chains.tokens(16, 1), 1);
    assertThat(Chains.links(Chains.find(two, terms, tokens), terms, tokens)).isEqualTo(3);
    assertThat(Chains.links(Chains.find(two, terms, other), terms, other)).isEqualTo(2);
  }

  @Test
  void find_inAnotherEncoding_isAnotherChainInFewerBytes() {
    int[] tokens = Chains.tokens(17, 4);
    var narrow = Chains.terms("alice", () -> 8, PageEncoding.PAGE_ENCODING_INT8);
    publish(tokens, 0, 4);
    assertThat(Chains.links(Chains.find(two, narrow, tokens), narrow, tokens)).isZero();
    publish(narrow, tokens, 0, 4, 4 * PAGES);

    var beginning = Chains.find(two, narrow, tokens);

    var found = beginning.found().orElseThrow();
    assertThat(found.bytes())
        .isLessThan(Chains.find(two, tokens).found().orElseThrow().bytes() / 2);
    try (var room = found.room();
        var computed = Chains.computed(narrow, tokens, 0, 4)) {
      var near = room.content().page(2, 3);
      var exact = computed.page(2, 3);
      assertThat(near).isNotEqualTo(exact);
      while (near.hasRemaining()) {
        assertThat(near.getFloat()).isCloseTo(exact.getFloat(), within(.05F));
      }
    }
  }

  @Test
  void find_noMoreThanIsHeld_fetchesNothingAndWaitsForNobody() {
    int[] tokens = Chains.tokens(21, 6);
    publish(tokens, 0, 2);

    var beginning = Chains.findBeyond(4 * 32, two, Chains.TERMS, tokens);

    assertThat(beginning.found()).isEmpty();
    assertThat(beginning.present()).isEqualTo(2);
    assertThat(beginning.missed()).isEqualTo(2 * PAGES);
    assertThat(two.counts.granted()).isZero();
  }

  @Test
  void find_moreThanIsHeld_isFetched() {
    int[] tokens = Chains.tokens(22, 6);
    publish(tokens, 0, 5);

    var beginning = Chains.findBeyond(4 * 32, two, Chains.TERMS, tokens);

    assertThat(Chains.links(beginning, Chains.TERMS, tokens)).isEqualTo(5);
    assertThat(beginning.missed()).isEqualTo(PAGES);
    var forward = SharingWorker.FORWARD.orElseThrow();
    assertThat(beginning.decision().compute().orElseThrow())
        .isCloseTo(forward.multipliedBy(32).dividedBy(193), Duration.ofNanos(2));
  }

  @Test
  void find_otherNamespaceOrOtherSecret_findsNothing() {
    int[] tokens = Chains.tokens(18, 2);
    publish(tokens, 0, 2);

    var bobs = Chains.terms("bob", () -> 8, PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    assertThat(Chains.links(Chains.find(two, bobs, tokens), bobs, tokens)).isZero();
    try (var stranger = worker(Map.of("alice", "a guess".getBytes(UTF_8)))) {
      assertThat(Chains.links(stranger, tokens)).isZero();
    }
    assertThat(Chains.links(two, tokens)).isEqualTo(2);
  }

  @Test
  void find_grantedBeginning_isFoundByOtherTenantsAndNothingBehindIt() {
    int[] tokens = Chains.tokens(23, 25);
    publish(granting("alice", 20 * 32), tokens, 0, 25, 25 * PAGES);

    assertThat(links("alice", 20 * 32, tokens)).isEqualTo(25);
    assertThat(links("bob", 20 * 32, tokens)).isEqualTo(20);
    assertThat(links("bob", 3 * 32 + 31, tokens)).as("of what it declares itself").isEqualTo(3);
    assertThat(links("bob", 0, tokens)).as("without a grant").isZero();
  }

  @Test
  void find_ownBeginning_isNotFoundInAGrantedNamespace() {
    int[] tokens = Chains.tokens(24, 3);
    publish(tokens, 0, 3);

    assertThat(links("bob", 3 * 32, tokens)).isZero();
    assertThat(links("alice", 3 * 32, tokens)).isZero();
    assertThat(Chains.links(two, tokens)).isEqualTo(3);
  }

  private static ChainTerms granting(String own, int tokens) {
    var owners = new Owners(own, Optional.of(new Owners.Granted("public", tokens)));
    return Chains.terms(owners, () -> 8, PageEncoding.PAGE_ENCODING_AS_COMPUTED);
  }

  private int links(String own, int granted, int... tokens) {
    var terms = granting(own, granted);
    return Chains.links(Chains.find(two, terms, tokens), terms, tokens);
  }

  @Test
  void chain_namespaceWithoutSecret_isRefused() {
    var carols = Chains.terms("carol", () -> 8, PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.chains.chain(carols, Chains.tokens(19, 1)));
  }
}
