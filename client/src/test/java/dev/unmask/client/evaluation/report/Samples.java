package dev.unmask.client.evaluation.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.unmask.client.evaluation.report.metric.Metrics;
import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.result.TokenCounts;
import dev.unmask.client.evaluation.result.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up results and reports. */
public final class Samples {
  /** What nothing may let through as markup. */
  public static final String HOSTILE = "<script>alert(1)</script> & \"quoted\" | ` \u0007";

  private Samples() {}

  /** An answer of a second, asked some milliseconds after the start. */
  public static Result.Answered answer(String id, boolean correct, long askedAt) {
    return new Result.Answered(
        id,
        1,
        new Result.Verdict(correct, "42", "equal", Map.of("strict", correct)),
        "42",
        "length",
        new Result.Timing(askedAt, 1_100, 250, 1_000),
        new Result.Cost(20, 8, 400, 1_600, 2, 1, 3L << 30),
        new TokenCounts(20, 24, 32));
  }

  /** A method with figures. */
  public static Report.Method method(String name, Result... results) {
    return new Report.Method(
        name,
        "cache=prefix",
        JsonNodeFactory.instance.objectNode().put("block_length", 32),
        "",
        Map.of(),
        Metrics.of(List.of(results)),
        Optional.of(sample()));
  }

  /** A method the server refuses. */
  public static Report.Method refused(String name, String reason) {
    return new Report.Method(
        name,
        "",
        JsonNodeFactory.instance.objectNode(),
        reason,
        Map.of(),
        Metrics.of(List.of()),
        Optional.empty());
  }

  /** Two steps over four positions, one of them taken back. */
  public static Report.Sample sample() {
    return new Report.Sample(
        "question-1",
        2,
        new Trace(
            List.of(5, 6, 7, Trace.MASK),
            List.of(
                new Trace.Step(List.of(0, 2), List.of(0.9, -2.5), List.of()),
                new Trace.Step(List.of(1), List.of(1.0), List.of(2)))));
  }

  /** A report of one group. */
  public static Report report(String task, Report.Method... methods) {
    var group =
        new Report.Group(task, "mini", 128, 2, List.of("file.jsonl:3: no id"), List.of(methods));
    return new Report(facts(), List.of(group), List.of(), Texts.definitions());
  }

  /** Facts of a finished evaluation. */
  public static Report.Facts facts() {
    return new Report.Facts(
        "2026-01-02T03:04:05Z",
        "unmask 1",
        true,
        1,
        "not shared between requests",
        "in turn",
        List.of(
            new Report.ModelFacts("mini", "llada", "llada-inst", "float32", "0123456789abcdef")));
  }
}
