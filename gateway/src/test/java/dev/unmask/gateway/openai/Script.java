package dev.unmask.gateway.openai;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Story;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import java.util.List;

/** A worker that answers "The sum is 5." in two blocks, and an end-of-sequence token behind it. */
final class Script {
  static final int PROMPT_TOKENS = 10;

  private Script() {}

  static void tell(FakeWorker.Call call) {
    tell(call, FinishReason.FINISH_REASON_END_OF_SEQUENCE);
  }

  static void tell(FakeWorker.Call call, FinishReason reason) {
    List.of(
            opened(call),
            delta(0, 0, commit(0, "The", 0.5f), commit(1, " sum", 1)),
            committed("The sum", 12),
            delta(1, 1, commit(3, " 5.", 0.25f)),
            delta(2, 1, commit(2, " is", 1), commit(4, "<eos>", 1)),
            committed(" is 5.", 15),
            closed(reason))
        .forEach(call.gateway()::onNext);
    call.gateway().onCompleted();
  }

  static DecodeResponse opened(FakeWorker.Call call) {
    return DecodeResponse.newBuilder()
        .setOpened(
            Opened.newBuilder()
                .setRequestId(call.request().getRequestId())
                .setWorker("w1")
                .setModel(ModelIdentity.newBuilder().setName(call.request().getModel()))
                .setPromptTokens(PROMPT_TOKENS)
                .setGenerationLength(8)
                .setBlockLength(4))
        .build();
  }

  static DecodeResponse committed(String text, int end) {
    return DecodeResponse.newBuilder()
        .setCommitted(CommittedText.newBuilder().setText(text).setEndPosition(end))
        .build();
  }

  private static DecodeResponse delta(int step, int block, Commit... commits) {
    return DecodeResponse.newBuilder()
        .setDelta(
            StepDelta.newBuilder()
                .setStep(step)
                .setBlock(block)
                .setRowsComputed(18)
                .addAllCommits(List.of(commits)))
        .build();
  }

  private static Commit commit(int position, String piece, float confidence) {
    return Commit.newBuilder()
        .setPosition(PROMPT_TOKENS + position)
        .setToken(Story.VOCABULARY - 2 - position)
        .setPiece(piece)
        .setConfidence(confidence)
        .build();
  }

  private static DecodeResponse closed(FinishReason reason) {
    return DecodeResponse.newBuilder()
        .setClosed(
            Closed.newBuilder()
                .setFinishReason(reason)
                .setUsage(
                    Usage.newBuilder()
                        .setPromptTokens(PROMPT_TOKENS)
                        .setCompletionTokens(4)
                        .setSteps(3)
                        .setRowsComputed(54)))
        .build();
  }
}
