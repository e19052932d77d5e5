package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.Answer;
import dev.unmask.client.local.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two workers and three instances of the cache-service, of which one is killed. */
@Timeout(300)
class CacheInstancesTest {
  private static final List<String> QUESTIONS =
      IntStream.range(0, 12)
          .mapToObj(
              "Question: A shelf holds %d boxes of 11 books. 32 are lent. How many are left?\nAnswer:"
                  ::formatted)
          .toList();

  private static final Path FLAGS = Path.of("..", "jvm.flags");

  @TempDir private Path pages;
  @TempDir private Path files;

  @Test
  void ask_threeInstances_sharesStatesAndSurvivesTheLossOfOne() throws Exception {
    try (var fleet = Fleet.start(new Plan.Services(2, 3), pages)) {
      sharesAndSurvives(fleet, () -> {});
    }
  }

  /** What a headless service of Kubernetes looks like to a worker. */
  @Test
  void ask_nameWithThreeAddresses_sharesStatesAndSurvivesTheLossOfOne() throws Exception {
    var named = new NamedInstances(files, FLAGS, 3);
    try (var fleet = Fleet.start(new Plan.Services(2, 3), pages, named)) {
      sharesAndSurvives(fleet, () -> named.resolvesTo(List.of(1, 3)));
    }
  }

  /** Of three instances the second is lost; that is known elsewhere as soon as it happens. */
  private static void sharesAndSurvives(Fleet fleet, Runnable known) throws Exception {
    var computed = askAll(fleet, "worker-1");
    fleet.awaitPublished();
    for (int instance = 1; instance <= 3; instance++) {
      assertThat(fleet.pages("cache-service-" + instance)).isPositive();
    }
    var shared = askAll(fleet, "worker-2");
    assertThat(shared).allMatch(answer -> answer.usage().getPagesHit() > 0);
    assertThat(tokens(shared)).isEqualTo(tokens(computed));

    var during =
        askWhile(
            fleet,
            () -> {
              fleet.kill("cache-service-2");
              known.run();
            });
    assertThat(tokens(during.subList(0, QUESTIONS.size()))).isEqualTo(tokens(computed));

    // States of the other two are where they were.
    var after = askAll(fleet, "worker-2");
    assertThat(tokens(after)).isEqualTo(tokens(computed));
    assertThat(after).filteredOn(answer -> answer.usage().getPagesHit() > 0).hasSizeBetween(1, 12);
    // What the lost one had is computed, published to the next one in line and shared again.
    await()
        .atMost(Fleet.PATIENCE)
        .until(() ->
            askAll(fleet, "worker-1").stream()
                .allMatch(answer -> answer.usage().getPagesHit() > 0));
  }

  /** Asks everything four times over; something happens when the first answer is there. */
  private static List<Answer> askWhile(Fleet fleet, Runnable happens) throws Exception {
    var answers = new ArrayList<Answer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Answer>>();
      for (int round = 0; round < 4; round++) {
        for (var question : QUESTIONS) {
          Callable<Answer> call = () -> fleet.ask("", question);
          asked.add(threads.submit(call));
        }
      }
      answers.add(asked.removeFirst().get());
      happens.run();
      for (var answer : asked) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  private static List<Answer> askAll(Fleet fleet, String worker) {
    return QUESTIONS.stream().map(question -> fleet.ask(worker, question)).toList();
  }

  private static List<List<Integer>> tokens(List<Answer> answers) {
    return answers.stream().map(Answer::tokens).toList();
  }
}
