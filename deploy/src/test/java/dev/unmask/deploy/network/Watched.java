package dev.unmask.deploy.network;

import dev.unmask.client.Answer;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests under way at once, and the longest that one of their streams said nothing. */
final class Watched {
  private final List<Future<Answer>> calls = new ArrayList<>();
  private final List<String> workers = new CopyOnWriteArrayList<>();
  private final AtomicLong longest = new AtomicLong();

  private Watched() {}

  /** Asks all of them. */
  static Watched ask(UnmaskClient client, List<GenerateRequest> requests) {
    var watched = new Watched();
    for (var request : requests) {
      var answer = new CompletableFuture<Answer>();
      watched.calls.add(answer);
      Thread.ofVirtual()
          .start(() -> {
            try {
              answer.complete(watched.listen(client, request));
            } catch (RuntimeException e) {
              answer.completeExceptionally(e);
            }
          });
    }
    return watched;
  }

  private Answer listen(UnmaskClient client, GenerateRequest request) {
    var last = new AtomicLong();
    return client.ask(
        request,
        event -> {
          long now = System.nanoTime();
          long before = last.getAndSet(now);
          if (before != 0) {
            longest.accumulateAndGet(now - before, Math::max);
          }
          if (event.hasOpened()) {
            workers.add(event.getOpened().getWorker());
          }
        });
  }

  /** Whether all of them have begun, at least one of them on this worker. */
  boolean begun(String worker) {
    return workers.size() >= calls.size() && workers.contains(worker);
  }

  /** Waits for all. */
  List<Answer> answers() throws Exception {
    var answers = new ArrayList<Answer>();
    for (var call : calls) {
      answers.add(call.get(Site.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    return answers;
  }

  /** Between two events of a stream, from its first one on. */
  Duration longest() {
    return Duration.ofNanos(longest.get());
  }
}
