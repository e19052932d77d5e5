package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.unmask.client.Answer;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.SharingDecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The default of {@code unmask.worker.fetch}: fetch what is there unless computing is faster. */
@Timeout(300)
class MeasuredFetchTest {
  private static final int LEARNING = Limits.FETCHES_FIRST;
  private static final int WEIGHED = LEARNING + 6;
  private static final int MOST = 2 * WEIGHED;

  /** A thousandth of what a loopback carries: the state of a short prompt takes half a second. */
  private static final long SLOW = 4 << 20;

  private static final double CLEARLY = 1.2;

  @TempDir private Path pages;

  /** Leaves the setting alone, and may lead worker-2 to its cache-service over a line. */
  private static final class Default implements Layout, AutoCloseable {
    private final boolean far;
    private final List<Line> lines = new ArrayList<>();

    Default(boolean far) {
      this.far = far;
    }

    @Override
    public void change(Role role, String name, Map<String, Object> settings) {
      if (far && name.equals("worker-2")) {
        var line = Line.to(settings.get("unmask.worker.cache").toString()).slow(SLOW);
        lines.add(line);
        settings.put("unmask.worker.cache", line.address());
      }
    }

    @Override
    public void close() {
      lines.forEach(Line::close);
    }
  }

  @Test
  void ask_storeFarAway_computesOnceFetchingIsKnownToBeSlow() {
    var questions = questions(1);
    try (var layout = new Default(true);
        var fleet = Fleet.start(new Plan.Services(2, 1), pages, layout)) {
      var computed = questions.stream().map(question -> fleet.ask("worker-1", question)).toList();
      fleet.awaitPublished();
      var shared = new ArrayList<Answer>();
      for (int i = 0; i < MOST && weighed(shared).size() < WEIGHED; i++) {
        shared.add(fleet.ask("worker-2", questions.get(i)));
      }

      assertThat(tokens(shared)).isEqualTo(tokens(computed.subList(0, shared.size())));
      assertThat(weighed(shared)).allSatisfy(MeasuredFetchTest::assertFetchedUnlessKnownToBeSlow);
      assertThat(afterLearning(shared))
          .allSatisfy(answer -> {
            assertFollowsEstimates(answer);
            assertThat(answer.usage().getSharingDecision().getFetched()).isFalse();
            assertThat(answer.usage().getPagesHit()).isZero();
          });
    }
  }

  @Test
  void ask_storeNear_choosesByBothEstimatesAndAnswersTheSame() {
    var questions = questions(60);
    try (var layout = new Default(false);
        var fleet = Fleet.start(new Plan.Services(2, 1), pages, layout)) {
      var shared = new ArrayList<Answer>();
      var computed = new ArrayList<Answer>();
      for (int i = 0; i < MOST && weighed(shared).size() < WEIGHED; i++) {
        computed.add(fleet.ask("worker-1", questions.get(i)));
        fleet.awaitPublished();
        shared.add(fleet.ask("worker-2", questions.get(i)));
      }

      assertThat(tokens(shared)).isEqualTo(tokens(computed));
      assertThat(weighed(shared)).allSatisfy(MeasuredFetchTest::assertFetchedUnlessKnownToBeSlow);
      assertThat(afterLearning(shared)).allSatisfy(MeasuredFetchTest::assertFollowsEstimates);
    }
  }

  /**
   * Those whose look-up was answered in time. On a busy machine, or a line that a state is being
   * written over, one may be overdue; then the worker computes, and has neither weighed nor
   * learned.
   */
  private static List<Answer> weighed(List<Answer> answers) {
    return answers.stream()
        .filter(answer -> {
          var decision = answer.usage().getSharingDecision();
          return decision.getFetched() || decision.hasFetchEstimate();
        })
        .toList();
  }

  private static List<Answer> afterLearning(List<Answer> answers) {
    var weighed = weighed(answers);
    assertThat(weighed).hasSizeGreaterThanOrEqualTo(WEIGHED);
    return weighed.subList(LEARNING, weighed.size());
  }

  /**
   * What a worker does while it learns, too: its warm-up finds some of its own states again, so
   * that it has learned a part before the first question, or all.
   */
  private static void assertFetchedUnlessKnownToBeSlow(Answer answer) {
    boolean fetched = answer.usage().getSharingDecision().getFetched();
    assertThat(answer.usage().getPagesHit() > 0).isEqualTo(fetched);
    if (!fetched) {
      assertFollowsEstimates(answer);
    }
  }

  /** One in {@link Limits#FETCH_ANYWAY} would be fetched all the same; so many are not asked. */
  private static void assertFollowsEstimates(Answer answer) {
    var usage = answer.usage();
    SharingDecision decision = usage.getSharingDecision();
    assertThat(decision.hasFetchEstimate()).isTrue();
    assertThat(decision.hasComputeEstimate()).isTrue();
    double fetch = Durations.toNanos(decision.getFetchEstimate());
    double compute = Durations.toNanos(decision.getComputeEstimate());
    assertThat(decision.getFetched()).as("%s", decision).isEqualTo(fetch <= CLEARLY * compute);
    assertThat(usage.getPagesHit() > 0).isEqualTo(decision.getFetched());
  }

  private static List<String> questions(int sentences) {
    return IntStream.range(0, MOST)
        .mapToObj(number ->
            "A shelf holds 9 boxes of %d books. ".formatted(number).repeat(sentences) + "How many?")
        .toList();
  }

  private static List<List<Integer>> tokens(List<Answer> answers) {
    return answers.stream().map(Answer::tokens).toList();
  }
}
