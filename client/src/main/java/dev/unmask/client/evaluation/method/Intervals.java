package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.ModelKind;
import java.util.List;
import java.util.Map;

/**
 * After how many steps dLLM-Cache refreshes: d2Cache's table by task and model (its
 * configs/gen_args.py at commit 72feb60; paper, table 3).
 *
 * @param prompt steps between refreshes of the prompt, kp
 * @param response steps between refreshes of the response, kr
 */
record Intervals(int prompt, int response) {
  private static final Intervals OTHERS = new Intervals(50, 4);

  private static final Map<String, List<Intervals>> BY_TASK =
      Map.of(
          "gsm8k", row(25, 5, 50, 7, 100, 8, 25, 2),
          "gsm8k_cot", row(25, 5, 50, 7, 100, 8, 25, 2),
          "humaneval", row(50, 5, 25, 5, 5, 1, 50, 1),
          "math-500", row(50, 8, 50, 1, 100, 4, 50, 1),
          "mbpp", row(25, 4, 100, 5, 25, 8, 10, 8),
          "gpqa_main_generative_n_shot", row(100, 8, 50, 6, 100, 8, 10, 8),
          "mmlu_pro", row(100, 6, 50, 3, 25, 2, 5, 1));

  /** Those of a task and a model; 50 and 4 where the table says nothing. */
  static Intervals of(String task, ModelKind kind) {
    var row = BY_TASK.getOrDefault(task, List.of(OTHERS, OTHERS, OTHERS, OTHERS));
    return switch (kind) {
      case LLADA_BASE -> row.get(0);
      case LLADA_INST -> row.get(1);
      case DREAM_BASE -> row.get(2);
      case DREAM_INST -> row.get(3);
      case LLADA_1_5, FAST_DLLM_V2, SDAR -> OTHERS;
    };
  }

  /** In the order LLaDA base, LLaDA instruct, Dream base, Dream instruct. */
  private static List<Intervals> row(int... steps) {
    return List.of(
        new Intervals(steps[0], steps[1]),
        new Intervals(steps[2], steps[3]),
        new Intervals(steps[4], steps[5]),
        new Intervals(steps[6], steps[7]));
  }
}
