package dev.unmask.worker.engine;

import dev.unmask.worker.engine.forward.Forward;
import dev.unmask.worker.engine.forward.Head;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Makes the steps of several requests in one forward. What fails for one of them fails for it
 * alone: a step that asks for what is not there never joins, a request whose confidences are no
 * numbers gets no answer, and when the forward itself fails every request whose step can be made
 * again is tried alone. For the engine's thread only.
 */
final class Batches {
  private final TorchProgram program;
  private final int vocabulary;

  Batches(TorchProgram program, int vocabulary) {
    this.program = program;
    this.vocabulary = vocabulary;
  }

  /** What became of each turn, in their order. */
  List<TurnOutcome> run(List<Turn> turns) {
    try {
      return together(turns);
    } catch (RuntimeException e) {
      return turns.size() == 1
          ? List.of(new TurnOutcome.Failed(e))
          : turns.stream().map(turn -> alone(turn, e)).toList();
    }
  }

  private TurnOutcome alone(Turn turn, RuntimeException failure) {
    return repeatable(turn.step())
        ? run(List.of(turn)).getFirst()
        : new TurnOutcome.Failed(failure);
  }

  /**
   * Whether a step that failed half-way can be made again. What it stores is then stored again; but
   * one that asks how far something moved since the step before has already replaced that.
   */
  private static boolean repeatable(Step step) {
    boolean moves =
        step.mechanism() instanceof Mechanism.LayerRefresh refresh && refresh.moved().isPresent();
    return !moves && !(step.wanted().probe() instanceof Probe.Divergence);
  }

  private List<TurnOutcome> together(List<Turn> turns) {
    var seats = turns.stream().map(Seat::new).toList();
    try (var forward = new Forward(program);
        var head = new Head(program, vocabulary)) {
      seats.forEach(seat -> seat.go((member, step) -> member.join(step, forward)));
      forward.run();
      seats.forEach(seat -> seat.go((member, step) -> member.ask(step, forward, head)));
      head.run();
      seats.forEach(seat -> seat.end((member, step) -> member.answer(step, head)));
    }
    return seats.stream().map(seat -> seat.outcome.orElseThrow()).toList();
  }

  /** A turn in a forward: goes on until it has an outcome. */
  private static final class Seat {
    private final Turn turn;
    private final Member member;
    private Optional<TurnOutcome> outcome = Optional.empty();

    Seat(Turn turn) {
      this.turn = turn;
      if (!(turn.state() instanceof Member ours)) {
        throw new IllegalArgumentException("a state of another engine");
      }
      member = ours;
    }

    void go(BiConsumer<Member, Step> phase) {
      if (outcome.isEmpty()) {
        try {
          phase.accept(member, turn.step());
        } catch (RuntimeException e) {
          outcome = Optional.of(new TurnOutcome.Failed(e));
        }
      }
    }

    void end(BiFunction<Member, Step, Predictions> phase) {
      go((member, step) ->
          outcome = Optional.of(new TurnOutcome.Predicted(phase.apply(member, step))));
    }
  }
}
