package dev.unmask.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Problem;
import dev.unmask.gateway.Story;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.routing.Choice.Chosen;
import dev.unmask.gateway.routing.Choice.Reason;
import dev.unmask.gateway.routing.Choice.Refused;
import dev.unmask.prompt.Pieces;
import dev.unmask.type.v1.Prompt;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final double MARGIN = 0.5;
  private static final long SEED = 42;
  private static final HeldPieces NOTHING = new HeldPieces();

  private final Router router = new Router(new Random(SEED), MARGIN);

  @Test
  void choose_oneWorker_isTheOnlyOne() {
    assertThat(router.choose(ask("p"), view(worker("w1", 9))))
        .isEqualTo(new Chosen(worker("w1", 9), Reason.ONLY));
  }

  @Test
  void choose_twoWorkers_isTheLessLoaded() {
    var view = view(worker("w1", 3), worker("w2", 2));
    for (int i = 0; i < 50; i++) {
      assertThat(chosen(ask("p" + i), view)).isEqualTo("w2");
    }
  }

  @Test
  void choose_requestsSentSinceTheReport_countAsLoad() {
    var busy = worker("w1", new Load(0, 0, 4, 3), true);
    assertThat(chosen(ask("p"), view(busy, worker("w2", 2)))).isEqualTo("w2");
  }

  @Test
  void choose_slots_weighTheLoad() {
    var small = worker("w1", new Load(2, 0, 2, 0), true);
    var large = worker("w2", new Load(3, 1, 8, 0), true);
    assertThat(chosen(ask("p"), view(small, large))).isEqualTo("w2");
  }

  @Test
  void choose_manyWorkers_neverTheMostLoadedAndSpreadsOverTheOthers() {
    var workers = IntStream.range(0, 8).mapToObj(i -> worker("w" + i, i == 5 ? 4 : 0)).toList();
    var counts = new HashMap<String, Integer>();
    for (int i = 0; i < 4000; i++) {
      counts.merge(chosen(ask("p" + i), new FleetView(workers)), 1, Integer::sum);
    }
    assertThat(counts).doesNotContainKey("w5").hasSize(7);
    assertThat(counts.values()).as("seed %d", SEED).allMatch(n -> n > 400 && n < 750);
  }

  @Test
  void choose_balancesBetterThanChanceAlone() {
    var sent = new HashMap<String, Integer>();
    for (int i = 0; i < 1000; i++) {
      var workers =
          IntStream.range(0, 10)
              .mapToObj(n -> worker("w" + n, sent.getOrDefault("w" + n, 0)))
              .toList();
      sent.merge(chosen(ask("p" + i), new FleetView(workers)), 1, Integer::sum);
    }
    assertThat(sent.values()).as("seed %d", SEED).allMatch(n -> n >= 95 && n <= 105);
  }

  @Test
  void choose_sameContext_staysWithItsWorkerWithinTheMargin() {
    assertThat(chosen(ask("p"), view(worker("w1", 0), worker("w2", 4)))).isEqualTo("w1");
    assertThat(router.choose(ask("p"), view(worker("w1", 2), worker("w2", 0))))
        .isEqualTo(new Chosen(worker("w1", 2), Reason.AFFINITY));
  }

  @Test
  void choose_sameContextBeyondTheMargin_movesAndStaysThere() {
    assertThat(chosen(ask("p"), view(worker("w1", 0), worker("w2", 4)))).isEqualTo("w1");
    assertThat(router.choose(ask("p"), view(worker("w1", 3), worker("w2", 0))))
        .isEqualTo(new Chosen(worker("w2", 0), Reason.LOAD));
    assertThat(router.choose(ask("p"), view(worker("w1", 0), worker("w2", 0))))
        .isEqualTo(new Chosen(worker("w2", 0), Reason.AFFINITY));
  }

  @Test
  void choose_homeThatDied_isForgottenForTheOthers() {
    assertThat(chosen(ask("p"), view(worker("w1", 0), worker("w2", 4)))).isEqualTo("w1");
    var dead = worker("w1", new Load(0, 0, 4, 0), false);
    assertThat(chosen(ask("p"), view(dead, worker("w2", 4), worker("w3", 9)))).isEqualTo("w2");
  }

  @Test
  void choose_otherPromptLengthOrModel_isAnotherContext() {
    var key = key("p", 128);
    assertThat(key).isEqualTo(key("p", 128));
    assertThat(key).isNotEqualTo(key("q", 128)).isNotEqualTo(key("p", 64));
    assertThat(key).isNotEqualTo(ContextKey.of("maxi", prompt("p"), 128));
  }

  @Test
  void choose_namedWorker_winsOverLoadAndAffinity() {
    var view = view(worker("w1", 0), worker("w2", 4));
    assertThat(chosen(ask("p"), view)).isEqualTo("w1");
    var named = new Ask(key("p", 128), Pieces.none(), Optional.of("w2"));
    assertThat(router.choose(named, view)).isEqualTo(new Chosen(worker("w2", 4), Reason.NAMED));
  }

  @Test
  void choose_namedWorkerThatCannot_isRefusedForTheReason() {
    var dead = worker("dead", new Load(0, 0, 4, 0), false);
    var other =
        new WorkerView(
            "other", address(), true, new Load(0, 0, 4, 0), List.of(Story.model("maxi")), NOTHING);
    var view = view(worker("w1", 0), dead, other);
    assertThat(refused("nobody", view))
        .isInstanceOf(Problem.NotFound.class)
        .extracting(Problem::message)
        .asString()
        .contains("w1, dead, other");
    assertThat(refused("dead", view)).isInstanceOf(Problem.Unavailable.class);
    assertThat(refused("other", view)).isInstanceOf(Problem.BadRequest.class);
  }

  @Test
  void choose_nobodyReachable_isUnavailable() {
    var view = view(worker("w1", new Load(0, 0, 4, 0), false));
    assertThat(router.choose(ask("p"), view))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.problem()).isInstanceOf(Problem.Unavailable.class));
    assertThat(router.any("mini", view)).isInstanceOf(Refused.class);
  }

  @Test
  void any_leavesNoAffinityBehind() {
    router.any("mini", view(worker("w1", 0), worker("w2", 4)));
    assertThat(router.choose(ask("p"), view(worker("w1", 1), worker("w2", 0))))
        .isEqualTo(new Chosen(worker("w2", 0), Reason.LOAD));
  }

  @Test
  void model_knownOfALostWorkerOnly_isKnownButNotListed() {
    var view = view(worker("w1", new Load(0, 0, 4, 0), false));
    assertThat(view.models()).isEmpty();
    assertThat(view.model("mini")).isPresent();
    assertThat(view.reachable()).isFalse();
  }

  private Problem refused(String worker, FleetView view) {
    var choice = router.choose(new Ask(key("p", 128), Pieces.none(), Optional.of(worker)), view);
    return ((Refused) choice).problem();
  }

  private String chosen(Ask ask, FleetView view) {
    return ((Chosen) router.choose(ask, view)).worker().name();
  }

  private static Ask ask(String prompt) {
    return new Ask(key(prompt, 128), Pieces.none(), Optional.empty());
  }

  private static ContextKey key(String prompt, int generation) {
    return ContextKey.of("mini", prompt(prompt), generation);
  }

  private static Prompt prompt(String text) {
    return Prompt.newBuilder().setText(text).build();
  }

  private static FleetView view(WorkerView... workers) {
    return new FleetView(List.of(workers));
  }

  private static WorkerView worker(String name, int running) {
    return worker(name, new Load(running, 0, 4, 0), true);
  }

  private static WorkerView worker(String name, Load load, boolean reachable) {
    return new WorkerView(name, address(), reachable, load, List.of(Story.model("mini")), NOTHING);
  }

  private static WorkerAddress address() {
    return new WorkerAddress("127.0.0.1", 1);
  }
}
