package dev.unmask.worker.engine.program;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the weights of matrix products are kept. Whatever it is, keys, values, residual stream,
 * norms, softmax and scores are of the {@link ComputeType}.
 */
public enum WeightType {
  /** IEEE 754 binary32: what the checkpoint says, to the bit. */
  FLOAT32(""),
  /** Brain float: 8 bits of mantissa, in weights and in what they are multiplied with. */
  BFLOAT16("avx512_bf16 or amx_bf16"),
  /**
   * Integers with a scale for each output, multiplied with integers that have a scale for each row.
   * The older dot product of AVX2 saturates, so only the one that does not will do.
   */
  INT8("avx512_vnni");

  private static final Logger LOG = LoggerFactory.getLogger(WeightType.class);

  private final String needed;

  WeightType(String needed) {
    this.needed = needed;
  }

  /**
   * The type of a name.
   *
   * @param word in small letters
   * @throws IllegalArgumentException if there is none
   */
  public static WeightType named(String word) {
    return Arrays.stream(values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("weights must be float32, bfloat16 or int8, not " + word));
  }

  /** Its name in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes sure that a processor has the instructions; warns if it does not say what it has.
   *
   * @throws IllegalArgumentException if it lacks them
   */
  public void require(Processor processor) {
    var there = processor.instructions();
    if (needed.isEmpty() || Stream.of(needed.split(" or ")).anyMatch(there::contains)) {
      return;
    }
    if (!there.isEmpty()) {
      throw new IllegalArgumentException(
          "weights must be float32: %s needs %s, which this processor lacks"
              .formatted(word(), needed));
    }
    LOG.warn("weights are {}, which is slow or wrong on a processor without {}", word(), needed);
  }
}
