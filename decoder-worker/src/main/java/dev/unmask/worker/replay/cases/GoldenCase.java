package dev.unmask.worker.replay.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.decoding.Commit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * One trace of an original implementation.
 *
 * @param id of the case
 * @param group letter of the original: A and B Fast-dLLM, C d2Cache, E LLaDA, others unknown here
 * @param function of the original that was run
 * @param patch what was changed in it to make it run; empty: nothing
 * @param params its arguments
 * @param rows one a request; a batch has several
 * @param forwards made for all rows together
 */
public record GoldenCase(
    String id,
    String group,
    String function,
    String patch,
    JsonNode params,
    List<Row> rows,
    int forwards) {

  private static final int[] NONE = {};

  /**
   * One request of a case, without the padding of its batch.
   *
   * @param padding token ids its batch put before the prompt
   * @param prompt token ids
   * @param finalCanvas prompt and generated tokens
   * @param steps the forwards it took part in
   * @param storesLast whether the last of them was made to store a finished block
   */
  public record Row(
      int[] padding, int[] prompt, int[] finalCanvas, List<TraceStep> steps, boolean storesLast) {
    /** Without its last forward, and what that wrote behind a canvas of some length. */
    Row withoutLast(int length) {
      return new Row(
          padding,
          prompt,
          Arrays.copyOf(finalCanvas, Math.min(length, finalCanvas.length)),
          steps.subList(0, steps.size() - 1),
          false);
    }
  }

  /**
   * Reads a case.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static GoldenCase of(JsonNode json) {
    return new GoldenCase(
        json.required("id").asText(),
        json.required("group").asText(),
        json.required("source").required("function").asText(),
        json.path("patch").asText(""),
        json.required("params"),
        json.path("batch").asInt(1) == 1 ? List.of(single(json)) : batch(json),
        json.required("nfe").asInt());
  }

  private static Row single(JsonNode json) {
    boolean forced = forcesFirst(json);
    boolean ranksByEntropy =
        json.required("params").path("remasking_strategy").asText().equals("entropy_bounded");
    var steps = new ArrayList<TraceStep>();
    int last = -1;
    for (var step : json.required("steps")) {
      int block = step.required("block").asInt();
      var commits = commits(step.required("committed"), 0);
      steps.add(
          new TraceStep(
              block,
              ranksByEntropy || (forced && block > last) ? withoutConfidence(commits) : commits,
              StepTrace.single(step)));
      last = block;
    }
    var all = json.required("steps");
    return new Row(
        NONE,
        ids(json.required("prompt_ids"), 0),
        ids(json.required("final_ids"), 0),
        steps,
        all.path(all.size() - 1).path("stores").asBoolean());
  }

  /**
   * Whether a block's first token is committed unconditionally and the trace has no confidence of
   * it: Sparse-dLLM's for Dream, where it holds that of another position.
   */
  private static boolean forcesFirst(JsonNode json) {
    return json.required("source").required("function").asText().contains("sparse_dllm/dream");
  }

  private static List<Commit> withoutConfidence(List<Commit> commits) {
    return commits.stream()
        .map(commit -> new Commit(commit.position(), commit.token(), Float.NaN))
        .toList();
  }

  private static List<Row> batch(JsonNode json) {
    int count = json.required("prompt_ids").size();
    if (count == 0) {
      throw new IllegalArgumentException("prompt_ids is empty: a case has a row or more");
    }
    var rows = new ArrayList<Row>();
    for (int row = 0; row < count; row++) {
      int[] prompt = ids(json.required("prompt_ids").required(row), 0);
      int[] fed = ids(json.required("padded_prompt_ids").required(row), 0);
      if (fed.length < prompt.length) {
        throw new IllegalArgumentException("a padded prompt is shorter than the prompt");
      }
      int[] padding = Arrays.copyOf(fed, fed.length - prompt.length);
      int[] canvas = ids(json.required("final_ids").required(row), padding.length);
      var steps = stepsOf(row, padding.length, json.required("steps"));
      rows.add(new Row(padding, prompt, canvas, steps, false));
    }
    return rows;
  }

  private static List<TraceStep> stepsOf(int row, int padding, JsonNode steps) {
    var result = new ArrayList<TraceStep>();
    for (var step : steps) {
      int active = indexOf(step.required("active_rows"), row);
      if (active >= 0) {
        var committed = step.required("committed_rows").required(row);
        result.add(
            new TraceStep(
                step.required("block").asInt(),
                commits(committed, padding),
                StepTrace.row(step, active, padding)));
      }
    }
    return result;
  }

  private static List<Commit> commits(JsonNode committed, int padding) {
    return StreamSupport.stream(committed.spliterator(), false)
        .map(c ->
            new Commit(
                c.required(0).asInt() - padding,
                c.required(1).asInt(),
                (float) c.required(2).asDouble()))
        .toList();
  }

  private static int indexOf(JsonNode array, int value) {
    return IntStream.range(0, array.size())
        .filter(i -> array.required(i).asInt() == value)
        .findFirst()
        .orElse(-1);
  }

  private static int[] ids(JsonNode array, int from) {
    return IntStream.range(from, array.size()).map(i -> array.required(i).asInt()).toArray();
  }
}
