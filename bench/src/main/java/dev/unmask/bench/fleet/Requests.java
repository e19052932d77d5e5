package dev.unmask.bench.fleet;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Prompt;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Short questions, all different. */
public final class Requests {
  private static final int QUICK = 32;
  private static final int LONG = 64;

  private Requests() {}

  /** 32 tokens, as many a step as the default method is sure of. */
  public static GenerateRequest quick(int number) {
    return request(number, DecodingSpec.newBuilder().setGenerationLength(QUICK));
  }

  /** 64 tokens, one a step. */
  public static GenerateRequest slow(int number) {
    return request(
        number,
        DecodingSpec.newBuilder()
            .setGenerationLength(LONG)
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1)));
  }

  /** A question with a method of one's own. */
  public static GenerateRequest request(int number, DecodingSpec.Builder spec) {
    var text = "Question: What is %d and %d?\nAnswer:".formatted(number % 97, number);
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setText(text))
        .setSpec(spec)
        .build();
  }

  /** So many of them. */
  public static List<GenerateRequest> many(int count, IntFunction<GenerateRequest> request) {
    return IntStream.range(0, count).mapToObj(request).toList();
  }
}
