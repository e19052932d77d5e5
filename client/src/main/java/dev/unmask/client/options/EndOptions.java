package dev.unmask.client.options;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EndOfSequenceRule;
import java.util.List;
import picocli.CommandLine.Option;

/** Where an answer ends. */
final class EndOptions {
  @Option(names = "--stop", paramLabel = "TEXT", description = "end before TEXT; repeatable")
  private List<String> stop = List.of();

  @Option(
      names = "--decode-all",
      description = "decode every position, also behind an end of sequence")
  private boolean decodeAll;

  @Option(names = "--no-eos", description = "never choose an end of sequence")
  private boolean noEos;

  @Option(names = "--late-eos", description = "commit ends of sequence and of turn last")
  private boolean lateEos;

  /** Sets what was given. */
  void apply(DecodingSpec.Builder spec) {
    spec.addAllStop(stop);
    if (decodeAll) {
      spec.setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL);
    }
    spec.setLogitsEosInf(noEos);
    spec.setConfidenceEosEotInf(lateEos);
  }
}
