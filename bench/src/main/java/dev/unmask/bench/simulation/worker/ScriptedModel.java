package dev.unmask.bench.simulation.worker;

import com.google.protobuf.ByteString;
import dev.unmask.bench.simulation.model.Script;
import dev.unmask.type.v1.ElementType;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.shallow.DepthTable;
import dev.unmask.worker.text.TextTokenizer;
import dev.unmask.worker.text.TokenizerConfig;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A scripted model as workers serve it, with a real tokenizer.
 *
 * @param tokenizer of a model whose ordinary tokens come first
 * @param shift of predictions, 0 or 1
 * @param causalBlock positions a block, of a block-causal model
 */
public record ScriptedModel(TextTokenizer tokenizer, int shift, OptionalInt causalBlock) {
  /** What clients call it. */
  public static final String NAME = "script";

  /** The longest canvas. */
  public static final int CONTEXT = 256;

  private static final int VOCABULARY = 2048;
  private static final int ORDINARY = 2000;
  private static final int END = 2033;
  private static final int MASK = 2037;

  /** What it says. */
  public Script script() {
    return new Script(VOCABULARY, ORDINARY, END);
  }

  /** What decoding must know of it. */
  public ModelTraits traits() {
    var full = new ModelTraits(MASK, END, shift);
    return causalBlock.isPresent() ? full.withCausalBlock(causalBlock.getAsInt()) : full;
  }

  /** As clients see it. */
  public Model description() {
    var family =
        causalBlock.isPresent()
            ? ModelFamily.MODEL_FAMILY_FAST_DLLM_V2
            : shift == 0 ? ModelFamily.MODEL_FAMILY_LLADA : ModelFamily.MODEL_FAMILY_DREAM;
    return Model.newBuilder()
        .setIdentity(
            ModelIdentity.newBuilder()
                .setName(NAME)
                .setFamily(family)
                .setWeightsDigest(digest(1))
                .setTokenizerDigest(digest(2))
                .setComputeType(ElementType.ELEMENT_TYPE_FLOAT32)
                .setWeightType(ElementType.ELEMENT_TYPE_FLOAT32))
        .setContextLength(CONTEXT)
        .setVocabularySize(VOCABULARY)
        .setMaskToken(MASK)
        .setEndOfSequenceToken(END)
        .setBlockLength(causalBlock.orElse(0))
        .build();
  }

  private static ByteString digest(int number) {
    return ByteString.copyFrom(ByteBuffer.allocate(32).putInt(number).rewind());
  }

  ServedModel served(ModelEngine engine) {
    return new ServedModel(
        description(),
        traits(),
        engine,
        tokenizer,
        new TokenizerConfig("", "", Optional.empty(), Set.of(END)),
        Optional.empty(),
        DepthTable.NONE,
        digest(3).toByteArray());
  }
}
