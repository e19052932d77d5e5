package dev.unmask.client.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.unmask.client.Events;
import dev.unmask.client.evaluation.grading.Grade;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.RunFolder;
import dev.unmask.client.evaluation.result.TokenCounts;
import dev.unmask.client.evaluation.run.ScriptedGateway.Reply;
import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.client.evaluation.task.Item;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestTest {
  private static final Item WARM_UP = item("warm-up");

  private final FakeTicker ticker = new FakeTicker();
  private final List<String> told = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void hold_twoMethods_takeTurnsByQuestion() throws Exception {
    var gateway = hold(1, _ -> answer(), items(3), entrants(1, 2));
    assertThat(asked(gateway))
        .containsExactly(
            "warm-up by 1", "warm-up by 2",
            "q0 by 1", "q0 by 2",
            "q1 by 2", "q1 by 1",
            "q2 by 1", "q2 by 2");
  }

  @Test
  void hold_severalAtOnce_asksEverythingOnceAndOneMethodAtATime() throws Exception {
    var gateway = hold(3, _ -> answer(), items(14), entrants(1, 2));
    var asked = asked(gateway).stream().skip(2).toList();
    assertThat(asked).hasSize(28).doesNotHaveDuplicates();
    assertThat(asked.subList(0, 12)).allMatch(question -> question.endsWith("by 1"));
    assertThat(asked.subList(12, 24)).allMatch(question -> question.endsWith("by 2"));
  }

  @Test
  void hold_answers_areGradedCountedAndKept() throws Exception {
    var entrants = entrants(1);
    hold(1, _ -> answer(), items(1), entrants);
    var result = (Result.Answered) entrants.getFirst().folder().result("q0").orElseThrow();
    assertThat(result.answer()).isEqualTo("4 + ");
    assertThat(result.verdict().correct()).isTrue();
    assertThat(result.counts()).isEqualTo(new TokenCounts(3, 3, 4));
    assertThat(result.cost().peakMemory()).isEqualTo(6L << 30);
    assertThat(result.timing().latency()).isPositive();
    assertThat(result.timing().firstBlock()).isEqualTo(12.5);
    assertThat(entrants.getFirst().folder().trace("q0").orElseThrow().tokens())
        .containsExactly(100, 101, 102, 103);
  }

  @Test
  void hold_questionsOfAnEarlierSession_areNotAskedAgain() throws Exception {
    hold(1, _ -> answer(), items(2), entrants(1));
    told.clear();
    var gateway = hold(1, _ -> answer(), items(4), entrants(1));
    assertThat(asked(gateway)).containsExactly("warm-up by 1", "q2 by 1", "q3 by 1");
    assertThat(told).containsExactly("2 skipped", "q2 done", "q3 done");
  }

  @Test
  void hold_everythingAnsweredEarlier_asksNothing() throws Exception {
    hold(1, _ -> answer(), items(2), entrants(1));
    assertThat(hold(1, _ -> answer(), items(2), entrants(1)).requests()).isEmpty();
  }

  @Test
  void hold_failedInAnEarlierSession_isAskedAgain() throws Exception {
    Function<GenerateRequest, Reply> broken =
        request -> isWarmUp(request) ? answer() : new Reply.Refusal(new Problem.Internal("bug"));
    hold(1, broken, items(1), entrants(1));
    assertThat(entrants(1).getFirst().folder().result("q0"))
        .contains(new Result.Failed("q0", 1, "internal: bug"));
    hold(1, _ -> answer(), items(1), entrants(1));
    assertThat(entrants(1).getFirst().folder().isAnswered("q0")).isTrue();
  }

  @Test
  void hold_refusedMethod_isToldAndTheOthersGoOn() throws Exception {
    Function<GenerateRequest, Reply> script =
        request ->
            request.getSpec().getBlockLength() == 1
                ? new Reply.Refusal(Problem.BadRequest.of("spec.wino", "is not served"))
                : answer();
    var entrants = entrants(1, 2);
    var items = items(2);
    try (var gateway = new ScriptedGateway(script);
        var client = gateway.client()) {
      var contest = new Contest(client, ScriptedGateway.MODEL, rules(1));
      contest.hold(entrants, items, WARM_UP);
      var standings = contest.standings(entrants, items);
      assertThat(standings.getFirst().refusal()).contains("spec.wino: is not served");
      assertThat(standings.getFirst().results()).isEmpty();
      assertThat(standings.getLast().refusal()).isEmpty();
      assertThat(standings.getLast().results()).hasSize(2);
    }
    assertThat(told).contains("1 refused: spec.wino: is not served (2)");
  }

  @Test
  void hold_promptTooLong_failsTheQuestionNotTheMethod() throws Exception {
    Function<GenerateRequest, Reply> script =
        _ -> new Reply.Refusal(Problem.BadRequest.of("prompt", "is too long"));
    var entrants = entrants(1);
    hold(1, script, items(1), entrants);
    assertThat(entrants.getFirst().folder().result("q0"))
        .contains(new Result.Failed("q0", 1, "prompt: is too long"));
  }

  @Test
  void hold_busyServer_isAskedAgainWhenItSays() throws Exception {
    var busy = new Problem.Exhausted("full", Duration.ofMillis(250));
    var refusals = new AtomicInteger(2);
    Function<GenerateRequest, Reply> script =
        request ->
            isWarmUp(request) || refusals.getAndDecrement() <= 0
                ? answer()
                : new Reply.Refusal(busy);
    var entrants = entrants(1);
    hold(1, script, items(1), entrants);
    assertThat(ticker.pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
    assertThat(entrants.getFirst().folder().result("q0").orElseThrow().attempts()).isEqualTo(3);
  }

  @Test
  void hold_serverThatStaysBusy_failsTheQuestionAfterTheLastAttempt() throws Exception {
    var hours = new Problem.Exhausted("full", Duration.ofHours(5));
    Function<GenerateRequest, Reply> script =
        request -> isWarmUp(request) ? answer() : new Reply.Refusal(hours);
    var entrants = entrants(1);
    hold(1, script, items(1), entrants);
    assertThat(ticker.pauses()).hasSize(Bounds.ATTEMPTS - 1).containsOnly(Bounds.RETRY_PAUSE);
    assertThat(entrants.getFirst().folder().result("q0").orElseThrow())
        .isInstanceOf(Result.Failed.class);
  }

  @Test
  void hold_serverGone_endsInsteadOfFailingEverything() {
    var gone = new Problem.Unavailable("gone", Limits.RETRY_DELAY);
    Function<GenerateRequest, Reply> script =
        request -> isWarmUp(request) ? answer() : new Reply.Refusal(gone);
    assertThatExceptionOfType(OutageException.class)
        .isThrownBy(() -> hold(1, script, items(50), entrants(1)))
        .withMessageContaining("gone");
    assertThat(told).filteredOn(line -> line.endsWith("failed")).hasSize(Bounds.OUTAGE_QUESTIONS);
  }

  @Test
  void hold_streamWithoutEnd_failsTheQuestion() throws Exception {
    Function<GenerateRequest, Reply> script =
        request -> isWarmUp(request) ? answer() : new Reply.Events(Events.answer().subList(0, 2));
    var entrants = entrants(1);
    hold(1, script, items(1), entrants);
    assertThat(entrants.getFirst().folder().result("q0"))
        .contains(new Result.Failed("q0", 1, "the generation did not close"));
  }

  private ScriptedGateway hold(
      int concurrency,
      Function<GenerateRequest, Reply> script,
      List<Item> items,
      List<Entrant> entrants)
      throws IOException, InterruptedException {
    try (var gateway = new ScriptedGateway(script);
        var client = gateway.client()) {
      new Contest(client, ScriptedGateway.MODEL, rules(concurrency)).hold(entrants, items, WARM_UP);
      return gateway;
    }
  }

  private Contest.Rules rules(int concurrency) {
    return new Contest.Rules(concurrency, false, new Told(), ticker);
  }

  /** Methods are told apart by their block length. */
  private List<Entrant> entrants(int... blocks) throws IOException {
    var entrants = new ArrayList<Entrant>();
    for (int block : blocks) {
      var spec = DecodingSpec.newBuilder().setBlockLength(block).build();
      var settings = JsonNodeFactory.instance.objectNode().put("block", block);
      var run = RunFolder.open(folder, "method " + block, settings);
      entrants.add(new Entrant(String.valueOf(block), spec, run));
    }
    return entrants;
  }

  private static List<Item> items(int count) {
    return IntStream.range(0, count).mapToObj(i -> item("q" + i)).toList();
  }

  private static Item item(String id) {
    return new Item(
        id,
        new Ask.Text(id),
        List.of("3"),
        answer -> new Grade(answer.startsWith("4"), answer, "begins with 4"));
  }

  private static Reply answer() {
    return new Reply.Events(Events.answer());
  }

  private static boolean isWarmUp(GenerateRequest request) {
    return request.getPrompt().getText().equals("warm-up");
  }

  private static List<String> asked(ScriptedGateway gateway) {
    return gateway.requests().stream()
        .map(r -> r.getPrompt().getText() + " by " + r.getSpec().getBlockLength())
        .toList();
  }

  private final class Told implements Progress {
    @Override
    public void begins(String contest) {
      told.add(contest);
    }

    @Override
    public void refused(String method, String reason, int questions) {
      told.add(method + " refused: " + reason + " (" + questions + ")");
    }

    @Override
    public void skipped(int questions) {
      told.add(questions + " skipped");
    }

    @Override
    public void ends() {
      told.add("ends");
    }

    @Override
    public synchronized void done(Result result) {
      told.add(result.id() + (result instanceof Result.Failed ? " failed" : " done"));
    }
  }
}
