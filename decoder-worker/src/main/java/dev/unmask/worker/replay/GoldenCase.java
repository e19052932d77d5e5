package dev.unmask.worker.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.worker.decoding.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * One trace of an original implementation.
 *
 * @param id of the case
 * @param group letter of the original: A and B Fast-dLLM, C d2Cache, E LLaDA, others unknown here
 * @param function of the original that was run
 * @param params its arguments
 * @param rows one a request; a batch has several
 * @param forwards made for all rows together
 */
record GoldenCase(
    String id, String group, String function, JsonNode params, List<Row> rows, int forwards) {

  /**
   * One request of a case, without the padding of its batch.
   *
   * @param prompt token ids
   * @param finalCanvas prompt and generated tokens
   * @param steps the forwards it took part in
   */
  record Row(int[] prompt, int[] finalCanvas, List<TraceStep> steps) {}

  static GoldenCase of(JsonNode json) {
    return new GoldenCase(
        json.required("id").asText(),
        json.required("group").asText(),
        json.required("source").required("function").asText(),
        json.required("params"),
        json.path("batch").asInt(1) == 1 ? List.of(single(json)) : batch(json),
        json.required("nfe").asInt());
  }

  private static Row single(JsonNode json) {
    var steps = new ArrayList<TraceStep>();
    for (var step : json.required("steps")) {
      steps.add(
          new TraceStep(step.required("block").asInt(), commits(step.required("committed"), 0)));
    }
    return new Row(ids(json.required("prompt_ids"), 0), ids(json.required("final_ids"), 0), steps);
  }

  private static List<Row> batch(JsonNode json) {
    var rows = new ArrayList<Row>();
    for (int row = 0; row < json.required("prompt_ids").size(); row++) {
      int[] prompt = ids(json.required("prompt_ids").required(row), 0);
      int padding = json.required("padded_prompt_ids").required(row).size() - prompt.length;
      int[] canvas = ids(json.required("final_ids").required(row), padding);
      rows.add(new Row(prompt, canvas, stepsOf(row, padding, json.required("steps"))));
    }
    return rows;
  }

  private static List<TraceStep> stepsOf(int row, int padding, JsonNode steps) {
    var result = new ArrayList<TraceStep>();
    for (var step : steps) {
      if (contains(step.required("active_rows"), row)) {
        var committed = step.required("committed_rows").required(row);
        result.add(new TraceStep(step.required("block").asInt(), commits(committed, padding)));
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

  private static boolean contains(JsonNode array, int value) {
    return StreamSupport.stream(array.spliterator(), false).anyMatch(v -> v.asInt() == value);
  }

  private static int[] ids(JsonNode array, int from) {
    return IntStream.range(from, array.size()).map(i -> array.required(i).asInt()).toArray();
  }
}
