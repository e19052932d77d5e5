package dev.unmask.client.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final List<Model> SERVED =
      List.of(
          model("unmask-mini-dream", ModelFamily.MODEL_FAMILY_DREAM),
          model("LLaDA-8B-Base", ModelFamily.MODEL_FAMILY_LLADA));

  @Test
  void of_noNames_areAllThatAreServed() {
    assertThat(Candidates.of(SERVED, List.of(), Optional.empty()))
        .extracting(Candidate::kind)
        .containsExactly(ModelKind.DREAM_INST, ModelKind.LLADA_BASE);
  }

  @Test
  void of_kindWithoutNames_areThoseOfTheKind() {
    assertThat(Candidates.of(SERVED, List.of(), Optional.of(ModelKind.LLADA_BASE)))
        .extracting(Candidate::name)
        .containsExactly("LLaDA-8B-Base");
  }

  @Test
  void of_kindWithName_isWhatTheModelIsTakenFor() {
    var names = List.of("LLaDA-8B-Base");
    assertThat(Candidates.of(SERVED, names, Optional.of(ModelKind.LLADA_INST)))
        .extracting(Candidate::kind)
        .containsExactly(ModelKind.LLADA_INST);
  }

  @Test
  void of_kindNobodyServes_saysWhatIsServed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Candidates.of(SERVED, List.of(), Optional.of(ModelKind.LLADA_1_5)))
        .withMessage(
            "no model is served that is llada-1.5; there are unmask-mini-dream (dream-inst),"
                + " LLaDA-8B-Base (llada-base)");
  }

  private static Model model(String name, ModelFamily family) {
    return Model.newBuilder()
        .setIdentity(ModelIdentity.newBuilder().setName(name).setFamily(family))
        .build();
  }
}
