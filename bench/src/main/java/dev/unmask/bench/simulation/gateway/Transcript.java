package dev.unmask.bench.simulation.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.unmask.bench.simulation.link.Link;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.worker.ScriptedModel;
import dev.unmask.bench.simulation.worker.WorkerShape;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.StepDelta;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one client was told, checked as it comes: tokens stay (I1), steps commit (I2), deltas are
 * disjoint, in order and whole (I6), and all of it is what a model alone would say (I7).
 */
public final class Transcript {
  private final ScriptedModel model;
  private final GenerateRequest request;
  private final Reference reference;
  private final int prompt;
  private final TreeMap<Integer, Integer> tokens = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private Optional<Closed> closed = Optional.empty();
  private Optional<String> strayed = Optional.empty();
  private Optional<String> idle = Optional.empty();
  private boolean opened;
  private int deltas;
  private int lastStep = -1;
  private int textEnd = -1;

  Transcript(ScriptedModel model, GenerateRequest request) {
    this.model = model;
    this.request = request;
    prompt = request.getPrompt().getTokens().getIdsCount();
    reference = Reference.of(model, request);
  }

  void add(GenerateResponse event) {
    require(closed.isEmpty(), "I6", "something came after the end");
    switch (event.getEventCase()) {
      case OPENED -> {
        require(!opened, "I6", "it opened twice");
        opened = true;
      }
      case DELTA -> add(event.getDelta());
      case COMMITTED -> add(event.getCommitted());
      case CLOSED -> close(event.getClosed());
      case EVENT_NOT_SET -> require(false, "I6", "an event without an event");
    }
  }

  private void add(StepDelta delta) {
    require(opened, "I6", "a step before it opened");
    require(delta.getStep() > lastStep, "I6", "step " + delta.getStep() + " after " + lastStep);
    lastStep = delta.getStep();
    require(delta.getRevokedCount() == 0 || reference.revokes(), "I1", "tokens were taken back");
    delta.getRevokedList().forEach(tokens::remove);
    for (var commit : delta.getCommitsList()) {
      int position = commit.getPosition();
      require(position >= prompt && position < end(), "I6", "position " + position);
      var before = Optional.ofNullable(tokens.put(position, commit.getToken()));
      require(before.isEmpty(), "I1, I6", "position " + position + " was told twice");
    }
    if (delta.getCommitsCount() == 0 && delta.getRevokedCount() == 0 && !delta.getRefresh()) {
      idle = Optional.of("step " + delta.getStep() + " committed nothing");
    }
    compare(delta);
    deltas++;
  }

  /** Whether it strays is judged at the end: another worker may have gone on differently. */
  private void compare(StepDelta delta) {
    if (strayed.isPresent()) {
      return;
    }
    if (deltas >= reference.steps().size()) {
      strayed = Optional.of("there is no step " + deltas);
      return;
    }
    var expected =
        reference.steps().get(deltas).commits().stream()
            .map(commit -> commit.position() + "=" + commit.token())
            .toList();
    var told = delta.getCommitsList().stream().map(Transcript::text).toList();
    if (!told.equals(expected)) {
      strayed = Optional.of("step " + deltas + " told " + told + " instead of " + expected);
    }
  }

  private static String text(Commit commit) {
    return commit.getPosition() + "=" + commit.getToken();
  }

  private void add(CommittedText said) {
    require(said.getEndPosition() > textEnd, "I6", "text up to " + said.getEndPosition());
    textEnd = said.getEndPosition();
    text.append(said.getText());
    for (int position = prompt; position < textEnd; position++) {
      require(tokens.containsKey(position), "I6", "text before its token at " + position);
    }
  }

  private void close(Closed end) {
    closed = Optional.of(end);
    require(
        end.getUsage().getSteps() == deltas,
        "I6",
        "%d steps were told and %d counted".formatted(deltas, end.getUsage().getSteps()));
    if (end.getFinishReason() == FinishReason.FINISH_REASON_LENGTH) {
      require(tokens.size() == end() - prompt, "I6", "the canvas is not whole");
      require(textEnd == end(), "I6", "the text is not whole");
      int[] all = tokens.values().stream().mapToInt(token -> token).toArray();
      require(
          model.tokenizer().decodePlain(all).contentEquals(text), "I6", "the text is another one");
    }
  }

  private int end() {
    return prompt + request.getSpec().getGenerationLength();
  }

  void completed() {
    require(closed.isPresent(), "I6", "it ended without an end");
  }

  /** A refusal or failure says why. */
  void failed(Throwable failure) {
    var status = Status.fromThrowable(failure);
    // A client may give up, or its own deadline pass, before it hears that the call is over.
    boolean quit =
        status.getCode() == Status.Code.CANCELLED || Link.DEADLINE.equals(status.getDescription());
    require(closed.isEmpty() || quit, "I6", "it failed after its end: " + status);
    boolean named =
        switch (status.getCode()) {
          case UNAVAILABLE, RESOURCE_EXHAUSTED -> reason(failure).isPresent();
          case DEADLINE_EXCEEDED, CANCELLED -> true;
          case INTERNAL ->
              String.valueOf(status.getDescription()).contains(WorkerShape.DEVICE_FAILED);
          default -> false;
        };
    require(named, "no named error", status.toString());
  }

  private static Optional<String> reason(Throwable failure) {
    var said = Optional.ofNullable(StatusProto.fromThrowable(failure));
    return said.stream()
        .flatMap(status -> status.getDetailsList().stream())
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(Transcript::reason)
        .filter(reason -> !reason.isEmpty())
        .findFirst();
  }

  private static String reason(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException e) {
      return "";
    }
  }

  /**
   * What can only be judged at the end.
   *
   * @param reopenings of all requests of the gateway
   */
  public List<String> judged(long reopenings) {
    var broken = new ArrayList<String>();
    if (request.getDeadlineRule() == DeadlineRule.DEADLINE_RULE_FEWER_STEPS) {
      // Tokens go in sooner than the method would have chosen them, as time says.
      return broken;
    }
    boolean alone =
        reopenings == 0 || closed.filter(end -> end.getUsage().getReopened() == 0).isPresent();
    if (alone) {
      idle.filter(_ -> !mayIdle()).ifPresent(what -> broken.add("I2: " + what));
      strayed.ifPresent(what -> broken.add("I7: " + what));
    } else if (stateless()) {
      strayed.ifPresent(what -> broken.add("I7, gone on elsewhere: " + what));
    }
    return broken;
  }

  /** Whether its schedule may plan nothing for a step, or its commits may all be taken back. */
  private boolean mayIdle() {
    var spec = request.getSpec();
    return spec.hasOrigin() || spec.hasWino() || spec.getFixedSchedule().hasTime();
  }

  /** Whether each step follows from the canvas alone, so that it does not matter who makes it. */
  private boolean stateless() {
    var spec = request.getSpec();
    return spec.hasNoCache() && (spec.hasThreshold() || spec.hasFactor() || spec.hasLeftToRight());
  }

  /** Whether its answer came to its end. */
  public boolean whole() {
    return closed.isPresent();
  }

  /** Pages that came from a cache-service, as its end says. */
  public int pagesHit() {
    return closed.map(end -> end.getUsage().getPagesHit()).orElse(0);
  }

  private static void require(boolean holds, String invariant, String what) {
    if (!holds) {
      throw new BrokenInvariant(invariant, what);
    }
  }
}
