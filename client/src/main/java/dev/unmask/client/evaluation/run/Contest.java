package dev.unmask.client.evaluation.run;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.Trace;
import dev.unmask.client.evaluation.run.Entrant.Standing;
import dev.unmask.client.evaluation.task.Item;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Model;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Methods answering the same questions with the same model. One question at a time, each is put to
 * every method in turn, another one first each time, so that whatever else the machine does hits
 * all alike; with several questions at once a turn has a few questions, and still one method at a
 * time. Every method is warmed up with a request that does not count.
 */
public final class Contest {
  private final Rules rules;
  private final Model model;
  private final Asker asker;
  private final Prompts prompts;
  private final Outage outage = new Outage();
  private final Map<String, String> refusals = new HashMap<>();

  /**
   * How it is held.
   *
   * @param concurrency questions asked at once; at least 1
   * @param beginning whether text gets a beginning-of-sequence token
   * @param progress is told what happens
   * @param ticker time
   */
  public record Rules(int concurrency, boolean beginning, Progress progress, Ticker ticker) {
    public Rules {
      if (concurrency < 1 || concurrency > Bounds.CONCURRENCY) {
        throw new IllegalArgumentException(
            "concurrency must be 1 to " + Bounds.CONCURRENCY + ", is " + concurrency);
      }
    }
  }

  /** A contest with one model of a gateway. */
  public Contest(UnmaskClient client, Model model, Rules rules) {
    this.rules = rules;
    this.model = model;
    this.asker = new Asker(client, rules.ticker());
    this.prompts = Prompts.of(client, model, rules.beginning());
  }

  /**
   * Asks whatever is not answered yet.
   *
   * @param items the questions
   * @param warmUp what the methods are warmed up with
   * @throws InterruptedException when the thread is interrupted: requests are cancelled, what is
   *     answered is kept
   * @throws OutageException when nobody serves any more
   */
  public void hold(List<Entrant> entrants, List<Item> items, Item warmUp)
      throws IOException, InterruptedException {
    for (var entrant : entrants) {
      enter(entrant, items, warmUp);
    }
    int turn = rules.concurrency() == 1 ? 1 : rules.concurrency() * Bounds.QUESTIONS_PER_LANE;
    int size = entrants.size() == 1 ? Math.max(1, items.size()) : turn;
    for (int first = 0, round = 0; first < items.size(); first += size, round++) {
      var asked = items.subList(first, Math.min(items.size(), first + size));
      for (var entrant : rotated(entrants, round)) {
        if (!refusals.containsKey(entrant.method())) {
          Lanes.work(open(entrant, asked), rules.concurrency(), item -> ask(entrant, item));
        }
      }
    }
  }

  /** Where everybody stands, also when the contest is not over. */
  public List<Standing> standings(List<Entrant> entrants, List<Item> items) {
    return entrants.stream()
        .map(entrant ->
            Standing.of(entrant, items, Optional.ofNullable(refusals.get(entrant.method()))))
        .toList();
  }

  private void enter(Entrant entrant, List<Item> items, Item warmUp) throws InterruptedException {
    int open = open(entrant, items).size();
    rules.progress().skipped(items.size() - open);
    if (open == 0) {
      return;
    }
    if (!(asker.ask(() -> request(entrant, warmUp)) instanceof Asked.Refused refused)
        || refused.aboutPrompt()) {
      return;
    }
    if (refused.unserved()) {
      throw new OutageException("nobody serves: " + refused.reason());
    } else {
      refusals.put(entrant.method(), refused.reason());
      rules.progress().refused(entrant.method(), refused.reason(), open);
    }
  }

  private static List<Item> open(Entrant entrant, List<Item> items) {
    return items.stream().filter(item -> !entrant.folder().isAnswered(item.id())).toList();
  }

  private static List<Entrant> rotated(List<Entrant> entrants, int round) {
    var order = new ArrayList<>(entrants);
    Collections.rotate(order, -(round % entrants.size()));
    return order;
  }

  private GenerateRequest request(Entrant entrant, Item item) {
    return GenerateRequest.newBuilder()
        .setModel(model.getIdentity().getName())
        .setPrompt(prompts.of(item.ask()))
        .setSpec(Stops.with(entrant.spec(), item.stop()))
        .build();
  }

  private void ask(Entrant entrant, Item item) throws IOException, InterruptedException {
    switch (asker.ask(() -> request(entrant, item))) {
      case Asked.Refused refused -> {
        var failed = new Result.Failed(item.id(), refused.attempts(), refused.reason());
        keep(entrant, failed, Optional.empty());
        outage.failed(refused);
      }
      case Asked.Answered answered -> {
        outage.over();
        var result = new Grading(model, item).result(answered);
        keep(entrant, result, Optional.of(answered.trace()));
      }
    }
  }

  private void keep(Entrant entrant, Result result, Optional<Trace> trace) throws IOException {
    entrant.folder().add(result, trace);
    rules.progress().done(result);
  }
}
