package dev.unmask.worker.serving.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.CacheServer;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.pages.SharingWorker;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Ticket;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.Requester;
import dev.unmask.worker.serving.steps.Seat;
import dev.unmask.worker.serving.steps.StepLoop;
import dev.unmask.worker.unmask.Threshold;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What block-causal requests share through a real cache-service, with the real engine and a random
 * model: the same tokens, whatever was found. Each test has prompts of its own.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BlockExchangeCases {
  private static final int GENERATION = 64;

  private final Path folder;
  private final int decodingBlock;
  private CacheServer server;
  private EngineThread thread;
  private StepLoop loop;
  private TorchEngine engine;
  private ModelTraits traits;
  private SharingWorker one;
  private SharingWorker two;

  BlockExchangeCases(String model, int decodingBlock) {
    folder = Path.of("src/test/golden/models", model);
    this.decodingBlock = decodingBlock;
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    server =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    one = new SharingWorker(server.port());
    two = new SharingWorker(server.port());
    thread = new EngineThread("engine-cpu");
    loop = new StepLoop(thread, Budgets.ofCpu(), System::nanoTime);
    try (var checkpoint = Checkpoint.open(folder)) {
      traits = checkpoint.traits();
      var settings = new EngineSettings("cpu", OptionalInt.of(1));
      engine = thread.call(() -> TorchEngine.load(checkpoint, settings));
    }
  }

  @AfterAll
  void stop() {
    thread.run(engine::close);
    thread.close();
    one.close();
    two.close();
    server.close();
  }

  /** What one request took and left. */
  private record Answer(int[] canvas, long rows, int stored, List<Looked> looked) {
    int hit() {
      return looked.stream().mapToInt(Looked::hit).sum() / 4;
    }

    int missed() {
      return looked.stream().mapToInt(Looked::missed).sum() / 4;
    }
  }

  private static int[] tokens(int seed, int count) {
    return new Random(seed).ints(count, 0, 500).toArray();
  }

  private static int[] joined(int[] first, int... then) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(then)).toArray();
  }

  private Method method(CachePolicy cache) {
    return new Method(
        GENERATION,
        decodingBlock,
        new Threshold(.9),
        cache,
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  private Exchange open(SharingWorker worker, Method method, Decoding decoding, int... prompt) {
    var source = new SharedRequest.Source(new byte[32], traits, engine.pageLayout());
    var request =
        new SharedRequest(
            "alice",
            source,
            method,
            Outset.of(prompt),
            Optional.empty(),
            Optional.empty(),
            PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    var timing = new Timing(_ -> Optional.empty(), _ -> Optional.empty(), System::nanoTime);
    return new Exchanges(worker.forwards, worker.chains).open(request, decoding, timing);
  }

  private Seat seat(Method method, int... prompt) {
    var requester = new Requester("alice", Ticket.NO_DEADLINE, "tiny", engine);
    return loop.open(requester, () -> engine.open(prompt.length, method));
  }

  /** As a request does. */
  private Answer answer(SharingWorker worker, int... prompt) throws InterruptedException {
    var method = method(new BlockCache(false));
    var decoding = new Decoding(traits, method, prompt);
    try (var seat = seat(method, prompt);
        var exchange = open(worker, method, decoding, prompt)) {
      return answer(seat, exchange, decoding);
    }
  }

  /** Without a cache-service. */
  private Answer alone(int... prompt) throws InterruptedException {
    var method = method(new BlockCache(false));
    try (var seat = seat(method, prompt)) {
      return answer(seat, new NoExchange(), new Decoding(traits, method, prompt));
    }
  }

  private static Answer answer(Seat seat, Exchange exchange, Decoding decoding)
      throws InterruptedException {
    var opening = exchange.begin(seat, 0);
    if (opening.stored() > 0) {
      decoding.begin(opening.stored());
    }
    long rows = 0;
    while (!decoding.done()) {
      seat.submit(decoding.next());
      var outcome = decoding.accept(seat.await());
      rows += outcome.rowsComputed();
      exchange.stepped(seat, outcome);
    }
    exchange.ended(seat);
    return new Answer(decoding.canvas(), rows, decoding.storedEnd(), opening.looked());
  }

  private void awaitPublished(SharingWorker worker, long before, int links) {
    long pages = before + (long) links * engine.pageLayout().layers();
    Awaitility.await().until(() -> worker.counts.published() >= pages);
  }

  @Test
  void answer_promptThatAnotherWorkerComputed_isTheSameFromFewerRows() throws Exception {
    int[] prompt = tokens(1, 150);
    long before = one.counts.published();
    var computed = answer(one, prompt);
    assertThat(computed.missed()).isEqualTo(4);
    assertThat(computed.hit()).isZero();
    awaitPublished(one, before, 4);

    var found = answer(two, prompt);

    assertThat(found.hit()).isEqualTo(4);
    assertThat(found.missed()).isZero();
    assertThat(found.looked().getFirst().mode()).isEqualTo(SharingMode.SHARING_MODE_BLOCK_CAUSAL);
    assertThat(found.canvas()).isEqualTo(computed.canvas()).isEqualTo(alone(prompt).canvas());
    assertThat(found.rows()).isEqualTo(computed.rows() - 128);
  }

  @Test
  void answer_promptOfWholeLinks_goesOnFromAllOfThem() throws Exception {
    int[] prompt = tokens(2, 128);
    long before = one.counts.published();
    var computed = answer(one, prompt);
    awaitPublished(one, before, 4);

    var found = answer(two, prompt);

    assertThat(found.hit()).isEqualTo(4);
    assertThat(found.canvas()).isEqualTo(computed.canvas());
    assertThat(found.rows()).isLessThan(computed.rows() - 120);
  }

  @Test
  void answer_anotherQuestionAboutOneText_computesTheQuestionAlone() throws Exception {
    int[] text = tokens(3, 100);
    long before = one.counts.published();
    answer(one, joined(text, tokens(4, 50)));
    awaitPublished(one, before, 4);
    int[] prompt = joined(text, tokens(5, 80));

    var found = answer(two, prompt);

    assertThat(found.hit()).isEqualTo(3);
    assertThat(found.missed()).isEqualTo(2);
    assertThat(found.canvas()).isEqualTo(alone(prompt).canvas());
  }

  @Test
  void answer_nextTurn_findsWhatWasDecoded() throws Exception {
    int[] prompt = tokens(6, 70);
    long before = one.counts.published();
    var first = answer(one, prompt);
    int links = first.stored() / 32;
    assertThat(links).isGreaterThan(2);
    awaitPublished(one, before, links);
    int[] next = joined(first.canvas(), tokens(7, 40));

    var found = answer(two, next);

    assertThat(found.hit()).isEqualTo(links);
    assertThat(found.canvas()).isEqualTo(alone(next).canvas());
  }

  @Test
  void answer_shortPrompt_looksNothingUpAndLeavesWhatItDecoded() throws Exception {
    int[] prompt = tokens(8, 20);
    long before = one.counts.published();
    var first = answer(one, prompt);
    assertThat(first.looked()).isEmpty();
    awaitPublished(one, before, first.stored() / 32);

    assertThat(answer(two, joined(first.canvas(), 1, 2, 3)).hit()).isEqualTo(first.stored() / 32);
  }

  @Test
  void close_requestThatFailed_letsTheNextOneComputeAndLeavesNothing() throws Exception {
    int[] prompt = tokens(9, 100);
    var method = method(new BlockCache(false));
    long before = one.counts.published();
    try (var seat = seat(method, prompt);
        var exchange = open(one, method, new Decoding(traits, method, prompt), prompt)) {
      assertThat(exchange.begin(seat, 0).looked()).hasSize(1);
    }

    var next = answer(two, prompt);

    assertThat(next.missed()).isEqualTo(3);
    assertThat(one.counts.published()).isEqualTo(before);
  }

  @Test
  void answer_serviceThatIsGone_isTheSameAndCopiesNothingOut() throws Exception {
    int[] prompt = tokens(11, 100);
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var worker = new SharingWorker(port)) {
      assertThat(answer(worker, prompt).canvas()).isEqualTo(alone(prompt).canvas());
      // What is copied out is counted, soon, as dropped.
      Awaitility.await().during(Duration.ofSeconds(1)).until(() -> worker.counts.dropped() == 0);
    }
  }

  @Test
  void open_methodThatStoresNothing_sharesNothing() {
    var method = method(new NoCache());
    int[] prompt = tokens(10, 100);
    try (var exchange = open(one, method, new Decoding(traits, method, prompt), prompt)) {
      assertThat(exchange).isInstanceOf(NoExchange.class);
    }
  }
}
