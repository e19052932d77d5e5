package dev.unmask.worker.replay.cases;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.fuzz.Finding;
import dev.unmask.worker.method.ModelTraits;
import java.io.IOException;

/** Traces of a user's folder: refused in words, or a case to replay. */
public final class TraceFuzz {
  private static final ModelTraits TRAITS = new ModelTraits(511, 510, 0);
  private static final ObjectMapper JSON = new ObjectMapper();

  private TraceFuzz() {}

  /** The whole input is a case's file. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      var trace = GoldenCase.of(JSON.readTree(input));
      var reading = CaseReading.of(trace, TRAITS);
      trace.rows().forEach(reading::comparable);
    } catch (IOException e) {
      // No JSON.
    } catch (UnsupportedCaseException | IllegalArgumentException | IllegalStateException e) {
      Finding.unless(!String.valueOf(e.getMessage()).isEmpty(), "a refusal without a word");
    }
  }
}
