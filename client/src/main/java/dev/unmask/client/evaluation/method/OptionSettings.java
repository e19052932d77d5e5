package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Sampling;
import java.util.ArrayList;
import java.util.List;

/**
 * Options of the command line as settings, where methods are made of settings. Options that choose
 * a method are refused there: the settings choose it.
 */
public final class OptionSettings {
  private OptionSettings() {}

  /**
   * The settings with options over them.
   *
   * @param options what the options say, without stop strings
   * @throws IllegalArgumentException when an option chooses a method
   */
  public static Settings over(Settings settings, DecodingSpec options) {
    var prefix = prefix(settings);
    var given = new ArrayList<String>();
    if (options.hasGenerationLength()) {
      given.add(prefix + "gen_length=" + options.getGenerationLength());
    }
    if (options.hasBlockLength()) {
      given.add(prefix + "block_length=" + options.getBlockLength());
    }
    given.addAll(sampling(prefix, options.getSampling()));
    var rest =
        options.toBuilder().clearGenerationLength().clearBlockLength().clearSampling().build();
    if (!rest.equals(DecodingSpec.getDefaultInstance())) {
      throw new IllegalArgumentException(
          "with --set and --compare, settings choose the method; of the options only --length,"
              + " --block, --stop and those of sampling go with them. Say this as settings: "
              + rest.toString().strip().replaceAll("\\s+", " "));
    }
    return settings.with(Settings.parse(given));
  }

  /** A generation length under the name that goes with other settings. */
  static Settings length(Settings like, int length) {
    return Settings.parse(List.of(prefix(like) + "gen_length=" + length));
  }

  private static String prefix(Settings settings) {
    return switch (settings.dialect()) {
      case ANY, D2CACHE -> "generation.";
      case FAST_DLLM, DLLM_CACHE -> "";
    };
  }

  private static List<String> sampling(String prefix, Sampling sampling) {
    var given = new ArrayList<String>();
    if (sampling.hasTemperature()) {
      given.add(prefix + "temperature=" + sampling.getTemperature());
    }
    if (sampling.hasTopP()) {
      given.add(prefix + "top_p=" + sampling.getTopP());
    }
    if (sampling.hasTopK()) {
      given.add(prefix + "top_k=" + sampling.getTopK());
    }
    if (sampling.hasSeed()) {
      given.add("seed=" + Long.toUnsignedString(sampling.getSeed()));
    }
    return given;
  }
}
