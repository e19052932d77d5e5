package dev.unmask.worker.api;

import com.google.protobuf.util.Durations;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.SharingDecision;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.Event;
import dev.unmask.worker.serving.PeakMemory;
import dev.unmask.worker.serving.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The events of one request as messages. */
final class EventMessages {
  private final String worker;
  private final Assignment assignment;
  private final PeakMemory memory;

  EventMessages(String worker, Assignment assignment, PeakMemory memory) {
    this.worker = worker;
    this.assignment = assignment;
    this.memory = memory;
  }

  DecodeResponse message(Event event) {
    var response = DecodeResponse.newBuilder();
    switch (event) {
      case Event.Opened e -> response.setOpened(opened(e));
      case Event.AtCheckpoint e -> response.setCheckpoint(checkpoint(e));
      case Event.Stepped e -> response.setDelta(delta(e.outcome()));
      case Event.Committed e ->
          response.setCommitted(
              CommittedText.newBuilder().setText(e.text()).setEndPosition(e.endPosition()));
      case Event.Closed e ->
          response.setClosed(
              Closed.newBuilder().setFinishReason(reason(e.reason())).setUsage(usage(e.tally())));
    }
    return response.build();
  }

  private Opened opened(Event.Opened event) {
    return Opened.newBuilder()
        .setRequestId(assignment.requestId())
        .setWorker(worker)
        .setModel(assignment.model().description().getIdentity())
        .setPromptTokens(event.promptTokens())
        .setGenerationLength(assignment.method().generationLength())
        .setBlockLength(assignment.method().blockLength())
        .build();
  }

  private static Checkpoint checkpoint(Event.AtCheckpoint event) {
    return Checkpoint.newBuilder()
        .setBlock(event.block())
        .setStep(event.step())
        .addAllCanvas(Arrays.stream(event.canvas()).boxed().collect(Collectors.toList()))
        .build();
  }

  private StepDelta delta(StepOutcome outcome) {
    var delta =
        StepDelta.newBuilder()
            .setStep(outcome.step())
            .setBlock(outcome.block())
            .setRowsComputed(outcome.rowsComputed())
            .setRefresh(outcome.refresh())
            .addAllRevoked(outcome.revoked());
    outcome
        .commits()
        .forEach(commit ->
            delta
                .addCommitsBuilder()
                .setPosition(commit.position())
                .setToken(commit.token())
                .setConfidence(commit.confidence())
                .setPiece(assignment.model().tokenizer().decode(commit.token())));
    return delta.build();
  }

  private static FinishReason reason(Event.EndReason reason) {
    return switch (reason) {
      case END_OF_SEQUENCE -> FinishReason.FINISH_REASON_END_OF_SEQUENCE;
      case LENGTH -> FinishReason.FINISH_REASON_LENGTH;
      case STOP_STRING -> FinishReason.FINISH_REASON_STOP_STRING;
      case DEADLINE -> FinishReason.FINISH_REASON_DEADLINE;
    };
  }

  private Usage usage(Tally tally) {
    var usage =
        Usage.newBuilder()
            .setPromptTokens(tally.promptTokens())
            .setCompletionTokens(tally.completionTokens())
            .setSteps(tally.steps())
            .setTokensPerStep(tally.tokensPerStep())
            .setTokensHurried(tally.hurried())
            .setRowsComputed(tally.rowsComputed())
            .setRowsUncached(tally.rowsUncached())
            .setPagesHit(tally.pagesHit())
            .setPagesMissed(tally.pagesMissed())
            .setPositionsReusedDevice(tally.positionsReusedDevice())
            .setSharingMode(tally.sharing())
            .setTimeToFirstBlock(duration(tally.firstBlock()))
            .setDuration(duration(tally.total()))
            .setWorkerPeakMemoryBytes(memory.bytes());
    if (tally.pagesHit() > 0) {
      usage.setPageEncoding(tally.encoding());
    }
    tally.weighing().ifPresent(weighing -> usage.setSharingDecision(decision(weighing)));
    return usage.build();
  }

  private static SharingDecision decision(Tally.Weighing weighing) {
    var message = SharingDecision.newBuilder().setFetched(weighing.fetched());
    weighing.fetch().ifPresent(estimate -> message.setFetchEstimate(duration(estimate)));
    weighing.compute().ifPresent(estimate -> message.setComputeEstimate(duration(estimate)));
    return message.build();
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return Durations.fromNanos(duration.toNanos());
  }
}
