package dev.unmask.client.load.workload;

import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Where prompts come from. */
public sealed interface PromptSource {
  /** A prompt. */
  Prompt draw(RandomGenerator random);

  /**
   * Prompts that are there, each as likely as the others.
   *
   * @param prompts at least one
   */
  record Listed(List<Prompt> prompts) implements PromptSource {
    public Listed {
      prompts = List.copyOf(prompts);
    }

    @Override
    public Prompt draw(RandomGenerator random) {
      return prompts.get(random.nextInt(prompts.size()));
    }
  }

  /**
   * Prompts of random tokens: a length without a meaning, new each time, so that no state is
   * shared.
   *
   * @param length unit: tokens
   * @param vocabulary ids are below it
   * @param barred ids that must not occur
   */
  record RandomTokens(int length, int vocabulary, List<Integer> barred) implements PromptSource {
    public RandomTokens {
      barred = barred.stream().distinct().sorted().toList();
    }

    @Override
    public Prompt draw(RandomGenerator random) {
      var tokens = TokenIds.newBuilder();
      IntStream.range(0, length).forEach(_ -> tokens.addIds(token(random)));
      return Prompt.newBuilder().setTokens(tokens).build();
    }

    /** Counts on over barred ids, so that all others are as likely as each other. */
    private int token(RandomGenerator random) {
      int token = random.nextInt(vocabulary - barred.size());
      for (int id : barred) {
        token += token >= id ? 1 : 0;
      }
      return token;
    }
  }
}
