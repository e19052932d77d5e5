package dev.unmask.client;

import com.google.protobuf.util.Durations;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.SharingDecision;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import java.util.ArrayList;
import java.util.List;

/** Events of made-up generations. */
public final class Events {
  /** Canvas position of the first generated token. */
  public static final int START = 5;

  private Events() {}

  /** The first event. */
  public static Opened opened(int length, int block) {
    return Opened.newBuilder()
        .setRequestId("request-1")
        .setWorker("worker-1")
        .setModel(ModelIdentity.newBuilder().setName("mini"))
        .setPromptTokens(START)
        .setGenerationLength(length)
        .setBlockLength(block)
        .build();
  }

  /** One token; its id is 100 and the position's offset. */
  public static Commit commit(int offset, String piece, double confidence) {
    return Commit.newBuilder()
        .setPosition(START + offset)
        .setToken(100 + offset)
        .setPiece(piece)
        .setConfidence((float) confidence)
        .build();
  }

  /** One step. */
  public static StepDelta step(int step, int block, Commit... commits) {
    return StepDelta.newBuilder()
        .setStep(step)
        .setBlock(block)
        .addAllCommits(List.of(commits))
        .setRowsComputed(8)
        .setRefresh(step == 0)
        .build();
  }

  /** What a generation with stored states took. */
  public static Usage usage() {
    return Usage.newBuilder()
        .setPromptTokens(START)
        .setCompletionTokens(3)
        .setSteps(2)
        .setTokensPerStep(2)
        .setRowsComputed(16)
        .setRowsUncached(18)
        .setPagesHit(8)
        .setPagesMissed(1)
        .setSharingMode(SharingMode.SHARING_MODE_EXACT)
        .setSharingDecision(
            SharingDecision.newBuilder()
                .setFetched(true)
                .setFetchEstimate(Durations.fromMicros(8_500))
                .setComputeEstimate(Durations.fromMillis(130)))
        .setTimeToFirstBlock(Durations.fromMicros(12_500))
        .setDuration(Durations.fromMillis(20))
        .setWorkerPeakMemoryBytes(6L << 30)
        .build();
  }

  /** "4 + 3" and an end of sequence, in two steps. */
  public static List<GenerateResponse> answer() {
    var events = new ArrayList<GenerateResponse>();
    events.add(GenerateResponse.newBuilder().setOpened(opened(4, 4)).build());
    events.add(delta(step(0, 0, commit(0, "4", 0.99), commit(2, " 3", 0.4))));
    events.add(delta(step(1, 0, commit(1, " +", 0.9), commit(3, "<|endoftext|>", 1))));
    events.add(
        GenerateResponse.newBuilder()
            .setCommitted(CommittedText.newBuilder().setText("4 + 3").setEndPosition(START + 4))
            .build());
    events.add(
        GenerateResponse.newBuilder()
            .setClosed(
                Closed.newBuilder()
                    .setFinishReason(FinishReason.FINISH_REASON_END_OF_SEQUENCE)
                    .setUsage(usage()))
            .build());
    return events;
  }

  /** A step as an event. */
  public static GenerateResponse delta(StepDelta delta) {
    return GenerateResponse.newBuilder().setDelta(delta).build();
  }
}
