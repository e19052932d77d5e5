package dev.unmask.client.command;

import dev.unmask.client.options.GatewayOptions;
import dev.unmask.client.terminal.Streams;
import dev.unmask.type.v1.Model;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models of a gateway, one a line. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Lists the models of a gateway.")
final class ModelsCommand implements Callable<Integer> {
  private static final String ROW = "%-24s %-8s %8s %10s %-9s %s%n";

  private final Streams streams;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  ModelsCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    try (var client = gateway.connect()) {
      var models = client.models();
      streams.out().printf(ROW, "NAME", "FAMILY", "CONTEXT", "VOCABULARY", "COMPUTES", "WEIGHTS");
      models.forEach(this::print);
    }
    return 0;
  }

  private void print(Model model) {
    var identity = model.getIdentity();
    var digest = HexFormat.of().formatHex(identity.getWeightsDigest().toByteArray());
    streams
        .out()
        .printf(
            ROW,
            identity.getName(),
            word(identity.getFamily().name(), "MODEL_FAMILY_"),
            model.getContextLength(),
            model.getVocabularySize(),
            word(identity.getComputeType().name(), "ELEMENT_TYPE_"),
            digest.substring(0, Math.min(12, digest.length())));
  }

  private static String word(String value, String prefix) {
    return value.replace(prefix, "").toLowerCase(Locale.ROOT);
  }
}
