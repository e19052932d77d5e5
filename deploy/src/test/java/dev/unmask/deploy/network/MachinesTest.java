package dev.unmask.deploy.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unmask.client.Answer;
import dev.unmask.contract.Limits;
import dev.unmask.deploy.Traffic;
import dev.unmask.generation.v1.GenerateRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each service on a machine of its own; machines are cut off, slowed down and come back. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MachinesTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int WARM = 4;

  /** A silent stream is taken away after two seconds or ten steps; then it begins elsewhere. */
  private static final Duration ELSEWHERE = Duration.ofSeconds(10);

  /** Until what is back is used again: a connection that was cut heals, or is made anew. */
  private static final Duration BACK = Duration.ofSeconds(20);

  /** The line is probed after so long, and the answer waited for as long. */
  private static final Duration GONE = Limits.KEEPALIVE_TIME.multipliedBy(2).plusSeconds(5);

  /** A quarter of what a look-up once waited for. */
  private static final Duration WAIT = Limits.QUERY_TIME.dividedBy(4);

  private static final String WAITED = "unmask_states_missed_total{reason=\"late\"";

  @TempDir private static Path folder;
  private static Network network;
  private static NameServer names;
  private static Site site;

  @BeforeAll
  static void build() {
    var impossible = Network.impossible();
    assumeTrue(impossible.isEmpty(), () -> impossible.orElse(""));
    network =
        Network.of(
            Stream.of(Site.CACHES, Site.WORKERS, List.of("gateway", "client"))
                .flatMap(List::stream)
                .toList());
    names = new NameServer(network.outside());
    names.knows("caches.test", addresses(Site.CACHES));
    names.knows("workers.test", addresses(Site.WORKERS));
    site = Site.start(network, folder);
  }

  @AfterAll
  static void remove() {
    if (site != null) {
      site.close();
    }
    if (names != null) {
      names.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @Test
  @Order(1)
  void ask_fiveMachines_sharesOverTheNetwork() {
    var questions = questions("shared", 8);
    var computed = askAll("worker-1", questions);
    site.awaitPublished();
    assertThat(Site.CACHES).allSatisfy(cache -> assertThat(site.pages(cache)).isPositive());
    var shared = askAll("worker-2", questions);
    assertThat(shared).allSatisfy(answer -> assertThat(answer.usage().getPagesHit()).isPositive());
    assertThat(tokens(shared)).isEqualTo(tokens(computed));
  }

  @Test
  @Order(2)
  void ask_workersMachineCutOff_goesOnElsewhereAndUsesItAgain() throws Exception {
    var machine = network.machine("worker-2");
    try (var traffic = traffic("cut")) {
      await().atMost(Site.PATIENCE).until(() -> traffic.over() >= WARM);
      var watched = Watched.ask(site.client(), counting(""));
      await().atMost(Site.PATIENCE).pollInterval(POLL).until(() -> watched.begun("worker-2"));
      machine.cut();
      var answers = watched.answers();
      int before = traffic.over();
      await().atMost(Site.PATIENCE).until(() -> traffic.over() >= before + WARM);
      machine.mend();
      assertThat(took(() -> site.awaitServing("worker-2"))).isLessThan(BACK);

      Traffic.assertWhole(traffic.end());
      assertThat(answers).anyMatch(answer -> answer.usage().getReopened() > 0);
      assertThat(watched.longest()).isLessThan(ELSEWHERE);
      var undisturbed = Watched.ask(site.client(), counting("worker-1")).answers();
      assertThat(tokens(answers)).isEqualTo(tokens(undisturbed));
    }
  }

  @Test
  @Order(3)
  void ask_cachesMachineCutOff_waitsForItSeldomAndUsesItAgain() {
    var questions = questions("kept", 6);
    var computed = askAll("worker-1", questions);
    site.awaitPublished();
    var usual = took(() -> askAll("worker-1", questions("usual", 6)));
    double before = site.metric("worker-1", WAITED);
    network.machine("cache-2").cut();
    var without = took(() -> askAll("worker-1", questions("without", 18)));
    double waits = site.metric("worker-1", WAITED) - before;
    assertThat(waits).as("given up").isPositive();
    assertThat(without)
        .as("%s times, after %s for six with it", waits, usual)
        .isLessThan(usual.multipliedBy(6).plus(WAIT.multipliedBy(Math.round(waits))));

    network.machine("cache-2").mend();
    var back =
        took(() ->
            await()
                .atMost(Site.PATIENCE)
                .until(() ->
                    askAll("worker-2", questions).stream()
                        .allMatch(answer -> answer.usage().getPagesHit() > 0)));
    assertThat(back).isLessThan(BACK);
    assertThat(tokens(askAll("worker-2", questions))).isEqualTo(tokens(computed));
  }

  @Test
  @Order(4)
  void ask_lossyWireToAWorker_losesNothing() throws Exception {
    var machine = network.machine("worker-1");
    machine.narrow(20_000, 3000);
    try (var traffic = traffic("lossy")) {
      await().atMost(Site.PATIENCE).until(() -> traffic.over() >= 4 * WARM);
      var outcomes = traffic.end();
      assertThat(machine.dropped()).as("packets lost").isPositive();
      Traffic.assertWhole(outcomes);
    } finally {
      machine.widen();
    }
  }

  @Test
  @Order(5)
  void ask_clientsMachineCutOff_endsAtTheWorker() throws Exception {
    var machine = network.machine("client");
    var client = site.command(machine, "--worker", "worker-1", "--length", "1984");
    try {
      await().atMost(Site.PATIENCE).pollInterval(POLL).until(() -> site.running("worker-1") == 1);
      machine.cut();
      var ended =
          took(() ->
              await()
                  .atMost(Site.PATIENCE)
                  .pollInterval(POLL)
                  .until(() -> site.running("worker-1") == 0));
      assertThat(ended).isLessThan(GONE);
      assertThat(client.isAlive()).as("it still waits").isTrue();
    } finally {
      client.destroyForcibly();
      machine.mend();
    }
  }

  @Test
  @Order(6)
  void ask_slowWireToTheCaches_computesAndAnswersTheSame() {
    var questions = questions("slow", 10);
    var computed = askAll("worker-1", questions);
    site.awaitPublished();
    Site.CACHES.forEach(cache -> network.machine(cache).narrow(40_000, 256 << 10));
    try {
      var answers = askAll("worker-2", questions);
      assertThat(tokens(answers)).isEqualTo(tokens(computed));
      var chosen = answers.stream().map(answer -> answer.usage().getSharingDecision()).toList();
      assertThat(chosen.subList(6, 10))
          .as("%s", chosen)
          .allSatisfy(decision -> assertThat(decision.getFetched()).isFalse());
    } finally {
      Site.CACHES.forEach(cache -> network.machine(cache).widen());
    }
  }

  private static List<GenerateRequest> counting(String worker) {
    return IntStream.rangeClosed(1, 4)
        .mapToObj(number -> Site.slow(worker, "Count to " + number + "."))
        .toList();
  }

  private static Duration took(Runnable happens) {
    long start = System.nanoTime();
    happens.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Traffic traffic(String about) {
    return Traffic.start(
        site.client(), INTERVAL, number -> Site.steady("What is " + number + "? " + about));
  }

  private static List<String> questions(String about, int count) {
    return IntStream.range(0, count)
        .mapToObj(number ->
            "A shelf holds 9 %s boxes of %d. ".formatted(about, number).repeat(20) + "How many?")
        .toList();
  }

  private static List<Answer> askAll(String worker, List<String> questions) {
    return questions.stream().map(question -> site.ask(worker, question)).toList();
  }

  private static List<List<Integer>> tokens(List<Answer> answers) {
    return answers.stream().map(Answer::tokens).toList();
  }

  private static List<String> addresses(List<String> machines) {
    return machines.stream().map(name -> network.machine(name).address()).toList();
  }
}
