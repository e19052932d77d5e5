package dev.unmask.bench.blocks;

import dev.unmask.bench.sharing.Services;
import dev.unmask.client.Answer;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.StepDelta;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation of ten turns: rows computed, over the rows of what is new in each turn alone. New
 * are the tokens that the turn before did not have in its prompt or its answer, and what decoding
 * computes: in each step the block, and in one step a block it again, to be stored.
 *
 * <pre>
 *   rows of a turn      prompt that was not found + steps x block
 *   of what is new      tokens since the last turn + steps x block
 * </pre>
 *
 * <p>Turns alternate between two workers, so that nothing but the cache-services helps. Arguments:
 * folder of the shipped models, file of JVM flags, conversations.
 */
public final class ChatTurns {
  private static final int BLOCK = 32;
  private static final int TURNS = 10;

  private final Services fleet;
  private long rows;
  private long newRows;

  private ChatTurns(Services fleet) {
    this.fleet = fleet;
  }

  /** A turn's answer with its steps. */
  private record Turn(Answer answer, List<StepDelta> steps) {}

  /** Runs and prints a row a turn. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var documents = Documents.read(models);
    try (var fleets = Fleets.start(models, Path.of(arguments[1]))) {
      fleets.warmUp(documents);
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        var asked = List.copyOf(documents.byId().values()).get(i);
        var run = new ChatTurns(fleets.sharing());
        run.talk(new Chat(asked.subList(0, TURNS)));
      }
    }
  }

  private void talk(Chat chat) {
    System.out.println(
        "| turn | prompt tokens | new tokens | steps | rows computed | rows of what is new | ratio |");
    System.out.println("|---|---|---|---|---|---|---|");
    var heard = Optional.<String>empty();
    int known = 0;
    int number = 0;
    for (var next = chat.next(heard); next.isPresent(); next = chat.next(heard)) {
      var turn = ask(number++, next.get().prompt());
      var usage = turn.answer().usage();
      row(number, known, turn);
      known = usage.getPromptTokens() + usage.getCompletionTokens();
      heard = Optional.of(turn.answer().text());
    }
    System.out.printf(
        "| all | | | | %d | %d | **%.3f** |%n%n", rows, newRows, (double) rows / newRows);
  }

  private Turn ask(int number, Prompt prompt) {
    var steps = new ArrayList<StepDelta>();
    var request =
        GenerateRequest.newBuilder()
            .setModel(fleet.model())
            .setPrompt(prompt)
            .setWorker("worker-" + (1 + number % 2))
            .build();
    var answer =
        fleet
            .client()
            .ask(
                request,
                event -> {
                  if (event.hasDelta()) {
                    steps.add(event.getDelta());
                  }
                });
    return new Turn(answer, steps);
  }

  private void row(int number, int known, Turn turn) {
    var usage = turn.answer().usage();
    int fresh = usage.getPromptTokens() - known;
    long decoding =
        turn.steps().stream().mapToLong(s -> Math.min(BLOCK, s.getRowsComputed())).sum();
    rows += usage.getRowsComputed();
    newRows += fresh + decoding;
    System.out.printf(
        "| %d | %d | %d | %d | %d | %d | %.2f |%n",
        number,
        usage.getPromptTokens(),
        fresh,
        usage.getSteps(),
        usage.getRowsComputed(),
        fresh + decoding,
        (double) usage.getRowsComputed() / (fresh + decoding));
  }
}
