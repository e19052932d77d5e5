package dev.unmask.client.evaluation.run;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import java.util.List;

/** Strings an answer ends before: the server is told what it may be told, the rest is cut here. */
final class Stops {
  private Stops() {}

  /** The spec that also stops at these, as far as the contract has room for them. */
  static DecodingSpec with(DecodingSpec spec, List<String> stops) {
    var more =
        stops.stream()
            .filter(stop -> !stop.isEmpty() && !spec.getStopList().contains(stop))
            .filter(stop -> stop.codePointCount(0, stop.length()) <= Limits.STOP_STRING_CHARACTERS)
            .distinct()
            .limit(Math.max(0, Limits.STOP_STRINGS - spec.getStopCount()))
            .toList();
    return spec.toBuilder().addAllStop(more).build();
  }

  /** What is left of the first of these in an answer; all of it when there is none. */
  static String cut(String answer, List<String> stops) {
    int end = answer.length();
    for (var stop : stops) {
      int at = stop.isEmpty() ? -1 : answer.indexOf(stop);
      end = at < 0 ? end : Math.min(end, at);
    }
    return answer.substring(0, end);
  }
}
