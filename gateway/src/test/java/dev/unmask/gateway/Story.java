package dev.unmask.gateway;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.PreferredMethod;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Threshold;
import java.util.List;

/** Models, requests and events of these tests. */
public final class Story {
  public static final int CONTEXT = 2048;
  public static final int VOCABULARY = 500;

  /** What a measured model's latency gets; it has no other preference. */
  public static final PreferredMethod SOON =
      PreferredMethod.newBuilder()
          .setPreference(Preference.PREFERENCE_LATENCY)
          .setName("threshold 0.5, none")
          .setMethod(
              DecodingSpec.newBuilder()
                  .setThreshold(Threshold.newBuilder().setThreshold(0.5))
                  .setNoCache(NoCache.getDefaultInstance()))
          .build();

  private Story() {}

  /** A model with a name. */
  public static Model model(String name) {
    return Model.newBuilder()
        .setIdentity(
            ModelIdentity.newBuilder().setName(name).setFamily(ModelFamily.MODEL_FAMILY_LLADA))
        .setContextLength(CONTEXT)
        .setVocabularySize(VOCABULARY)
        .setMaskToken(VOCABULARY - 1)
        .setHasChatTemplate(true)
        .build();
  }

  /** A model whose methods were measured. */
  public static Model measured(String name) {
    return model(name).toBuilder().addPreferredMethods(SOON).build();
  }

  /** A good request. */
  public static GenerateRequest.Builder request() {
    return GenerateRequest.newBuilder().setPrompt(Prompt.newBuilder().setText("1+1="));
  }

  public static DecodeResponse opened(String requestId) {
    return DecodeResponse.newBuilder()
        .setOpened(Opened.newBuilder().setRequestId(requestId))
        .build();
  }

  public static DecodeResponse delta(int step) {
    return DecodeResponse.newBuilder().setDelta(StepDelta.newBuilder().setStep(step)).build();
  }

  public static DecodeResponse committed(String text) {
    return DecodeResponse.newBuilder()
        .setCommitted(CommittedText.newBuilder().setText(text))
        .build();
  }

  public static DecodeResponse checkpoint() {
    return DecodeResponse.newBuilder().setCheckpoint(Checkpoint.newBuilder().addCanvas(1)).build();
  }

  public static DecodeResponse closed() {
    return DecodeResponse.newBuilder()
        .setClosed(Closed.newBuilder().setFinishReason(FinishReason.FINISH_REASON_LENGTH))
        .build();
  }

  /** Two blocks, as a worker tells them. */
  public static void tell(FakeWorker.Call call) {
    List.of(
            opened(call.request().getRequestId()),
            checkpoint(),
            delta(0),
            delta(1),
            committed("two"),
            checkpoint(),
            delta(2),
            committed(" blocks"),
            closed())
        .forEach(call.gateway()::onNext);
    call.gateway().onCompleted();
  }
}
