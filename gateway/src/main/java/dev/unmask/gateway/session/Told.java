package dev.unmask.gateway.session;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.Resumption;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client was told of its canvas, and from there what another worker must know to go on.
 *
 * <pre>
 *   lost worker     | opened | checkpoint | 0 | 1 | text | checkpoint | 2 | 3 |
 *   next worker                                          | checkpoint + told  | 4 | text | closed
 *   client          | opened |            | 0 | 1 | text |            | 2 | 3 | 4 | text | closed
 * </pre>
 *
 * <p>Holds tokens since the last checkpoint only, so no more than a canvas. Not thread-safe.
 */
final class Told {
  private final TreeMap<Integer, Integer> tokens = new TreeMap<>();
  private Optional<Opened> opened = Optional.empty();
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private int steps;
  private int textEnd = -1;
  private boolean closed;

  // What was told before the attempt that is heard now.
  private int stepsBefore;
  private int textEndBefore = -1;

  /**
   * Takes in what a worker says.
   *
   * @return what of it is new to the client; checkpoints never are
   * @throws ProblemException when it contradicts what was told
   */
  Optional<GenerateResponse> add(DecodeResponse event) {
    var response = GenerateResponse.newBuilder();
    return switch (event.getEventCase()) {
      case OPENED -> news(event.getOpened()).map(news -> response.setOpened(news).build());
      case DELTA -> Optional.of(response.setDelta(news(event.getDelta())).build());
      case COMMITTED -> news(event.getCommitted()).map(news -> response.setCommitted(news).build());
      case CLOSED -> {
        closed = true;
        yield Optional.of(response.setClosed(event.getClosed()).build());
      }
      case CHECKPOINT -> {
        checkpoint = Optional.of(event.getCheckpoint());
        tokens.clear();
        yield Optional.empty();
      }
      case EVENT_NOT_SET -> Optional.empty();
    };
  }

  /** Whether the client was told that its request is over. */
  boolean closed() {
    return closed;
  }

  /** Whether another worker can go on: nothing was told, or a canvas is known to go on from. */
  boolean resumable() {
    return steps == 0 || checkpoint.isPresent();
  }

  /** A request as another worker gets it, which goes on where this ends. */
  DecodeRequest onward(DecodeRequest request) {
    stepsBefore = steps;
    textEndBefore = textEnd;
    return steps == 0
        ? request
        : request.toBuilder().setResumption(resumption(checkpoint.orElseThrow())).build();
  }

  private Resumption resumption(Checkpoint from) {
    var resumption = Resumption.newBuilder().setCheckpoint(from).setSteps(steps - from.getStep());
    tokens.forEach((position, token) ->
        resumption.addTold(GivenToken.newBuilder().setPosition(position).setToken(token)));
    return resumption.build();
  }

  private Optional<Opened> news(Opened next) {
    if (opened.isEmpty()) {
      opened = Optional.of(next);
      return opened;
    }
    if (!next.getModel().equals(opened.get().getModel())) {
      throw contradiction("worker " + next.getWorker() + " has another model of that name");
    }
    return Optional.empty();
  }

  private StepDelta news(StepDelta delta) {
    if (delta.getStep() < stepsBefore) {
      throw contradiction("step " + delta.getStep() + " was told already");
    }
    steps = delta.getStep() + 1;
    delta.getRevokedList().forEach(tokens::remove);
    var news = delta.toBuilder().clearCommits();
    for (var commit : delta.getCommitsList()) {
      var before = Optional.ofNullable(tokens.put(commit.getPosition(), commit.getToken()));
      if (before.filter(token -> token != commit.getToken()).isPresent()) {
        throw contradiction("position " + commit.getPosition() + " was told another token");
      }
      if (before.isEmpty()) {
        news.addCommits(commit);
      }
    }
    return news.getCommitsCount() == delta.getCommitsCount() ? delta : news.build();
  }

  private Optional<CommittedText> news(CommittedText text) {
    textEnd = Math.max(textEnd, text.getEndPosition());
    return Optional.of(text).filter(told -> told.getEndPosition() > textEndBefore);
  }

  private static ProblemException contradiction(String message) {
    return new ProblemException(new Problem.Internal(message));
  }
}
