package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.grading.Grader;
import java.util.List;

/**
 * One question of a benchmark.
 *
 * @param id unique in its file
 * @param ask what the model is given
 * @param stop an answer ends before the first of these
 * @param grader judges answers to it
 */
public record Item(String id, Ask ask, List<String> stop, Grader grader) {
  public Item {
    stop = List.copyOf(stop);
  }
}
