package dev.unmask.contract.rules;

import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import dev.unmask.contract.Violation;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.List;
import java.util.function.Consumer;

/** Models and requests of these tests, and the broken fields of each. */
public final class Samples {
  /** A model of one family. */
  public static final Model LLADA = model(ModelFamily.MODEL_FAMILY_LLADA);

  /** A model of the other. */
  public static final Model DREAM = model(ModelFamily.MODEL_FAMILY_DREAM);

  static final int CONTEXT = 1024;
  static final int VOCABULARY = 500;
  static final int MASK = 499;

  private Samples() {}

  static Model model(ModelFamily family) {
    return Model.newBuilder()
        .setIdentity(ModelIdentity.newBuilder().setName("mini").setFamily(family))
        .setContextLength(CONTEXT)
        .setVocabularySize(VOCABULARY)
        .setMaskToken(MASK)
        .setHasChatTemplate(true)
        .build();
  }

  static GenerateRequest.Builder request() {
    return GenerateRequest.newBuilder().setPrompt(Prompt.newBuilder().setText("1+1="));
  }

  static Prompt tokens(int... ids) {
    var tokens = TokenIds.newBuilder();
    for (int id : ids) {
      tokens.addIds(id);
    }
    return Prompt.newBuilder().setTokens(tokens).build();
  }

  static List<Violation> ofSpec(Consumer<DecodingSpec.Builder> change) {
    return ofSpec(LLADA, change);
  }

  static List<Violation> ofSpec(Model model, Consumer<DecodingSpec.Builder> change) {
    var request = request();
    change.accept(request.getSpecBuilder());
    return RequestRules.of(model).violations(request.build());
  }

  /** Broken rules of a spec in protobuf's text format. */
  public static List<Violation> ofText(Model model, String spec) throws ParseException {
    var parsed = TextFormat.parse(spec, DecodingSpec.class);
    return ofSpec(model, builder -> builder.mergeFrom(parsed));
  }

  static List<Violation> ofPrompt(Prompt prompt) {
    return RequestRules.of(LLADA).violations(request().setPrompt(prompt).build());
  }

  static List<Violation> one(String field, String description) {
    return List.of(new Violation(field, description));
  }
}
