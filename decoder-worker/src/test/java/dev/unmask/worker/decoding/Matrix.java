package dev.unmask.worker.decoding;

import com.google.protobuf.TextFormat;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.model.Checkpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What requests can ask for, in their own words: every unmask policy, cache policy and guidance, of
 * small models of random weights, one a family.
 */
final class Matrix {
  private Matrix() {}

  static final List<String> UNMASKS =
      List.of(
          "fixed_schedule { steps: 8 }",
          "fixed_schedule { tokens_per_step: 2 }",
          "fixed_schedule { time { steps: 8 } }",
          "fixed_schedule { time { steps: 4 } alg_temp: 0.5 }",
          "threshold { threshold: 0.5 }",
          "threshold { threshold: 0.5 steps: 4 }",
          "factor { factor: 1.5 }",
          "entropy_bound { gamma: 1 }",
          "klass { kl_threshold: 1 threshold: 0.3 kl_history_length: 1 }",
          "wino { wide_in_thres: 0.3 narrow_out_thres: 1 }",
          "pc_sampler { tokens_per_step: 2 }",
          "pc_sampler { debias: false }",
          "left_to_right { threshold: 0.5 }",
          "left_to_right { }",
          "origin { steps: 4 }");

  static final List<String> CACHES =
      List.of(
          "no_cache { }",
          "prefix_cache { }",
          "dual_cache { }",
          "prefix_cache { prompt_interval_steps: 5 }",
          "dual_cache { prompt_interval_steps: 100 }",
          "dllm_cache { kp: 4 kr: 3 rou: 0.3 }",
          "d2_cache { current_k: 2 sigma: 2 inflate_w: 1 }",
          "d2_cache { current_k: 2 sigma: 2 rollout_p: 0.3 mode: D2_CACHE_MODE_PAPER }",
          "sparse_dllm { }",
          "sparse_dllm { delay: 0 kernel_size: 1 keep_ratio: 0.7 }",
          "sparse_dllm { prompt_interval_steps: 100 }",
          "sparse_dllm { delay: 0 keep_ratio: 0.3 prompt_interval_steps: 5 }",
          "block_cache { }",
          "block_cache { within_block: true }");

  static final List<String> GUIDANCES =
      List.of("", "guidance { scale: 1.5 }", "guidance { scale: 0.5 interval: 3 }");

  /** A family and one of its models. */
  enum Family {
    LLADA("tiny-llada", ModelFamily.MODEL_FAMILY_LLADA, 0),
    DREAM("tiny-dream", ModelFamily.MODEL_FAMILY_DREAM, 0),
    FAST_DLLM_V2("tiny-fast-dllm-v2", ModelFamily.MODEL_FAMILY_FAST_DLLM_V2, 32),
    SDAR("tiny-sdar", ModelFamily.MODEL_FAMILY_SDAR, 4);

    final Path folder;
    final Model model;

    Family(String name, ModelFamily family, int blockLength) {
      folder = Path.of("src/test/golden/models", name);
      model =
          Model.newBuilder()
              .setIdentity(ModelIdentity.newBuilder().setName(name).setFamily(family))
              .setContextLength(512)
              .setVocabularySize(512)
              .setMaskToken(511)
              .setEndOfSequenceToken(510)
              .setBlockLength(blockLength)
              .build();
    }

    /** Whether its attention is block-causal. */
    boolean blockCausal() {
      return model.getBlockLength() > 0;
    }
  }

  /** Unmask policies that a family's model has all it takes for: PC-Sampler wants a corpus. */
  static List<String> unmasks(Family family) {
    return UNMASKS.stream()
        .filter(
            unmask -> !family.blockCausal() || !unmask.equals("pc_sampler { tokens_per_step: 2 }"))
        .toList();
  }

  /** Loads a family's model. */
  static TorchEngine load(Family family) {
    try (var checkpoint = Checkpoint.open(family.folder)) {
      return TorchEngine.load(checkpoint, new EngineSettings("cpu", OptionalInt.of(1)));
    }
  }

  /** A spec of parts in the text format. */
  static DecodingSpec spec(String... parts) {
    try {
      return TextFormat.parse(String.join("\n", parts), DecodingSpec.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What a gateway finds wrong with a spec. */
  static List<Violation> violations(Family family, int[] prompt, DecodingSpec spec) {
    var tokens = TokenIds.newBuilder();
    Arrays.stream(prompt).forEach(tokens::addIds);
    var request =
        DecodeRequest.newBuilder()
            .setModel(family.model.getIdentity().getName())
            .setRequestId("request-1")
            .setNamespace("default")
            .setPrompt(Prompt.newBuilder().setTokens(tokens))
            .setSpec(spec);
    return RequestRules.of(family.model).violations(request.build());
  }
}
