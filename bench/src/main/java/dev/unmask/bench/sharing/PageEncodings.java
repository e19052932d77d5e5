package dev.unmask.bench.sharing;

import dev.unmask.bench.Exercise;
import dev.unmask.bench.sharing.HitEqualsMiss.Answer;
import dev.unmask.bench.sharing.HitEqualsMiss.Question;
import dev.unmask.cache.CacheServer;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.Sharing;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * What storing keys and values in fewer bytes costs in right answers: the shipped tasks computed by
 * one worker, and by another one with every first forward fetched in each encoding. Prints a row a
 * model, task and encoding.
 *
 * <p>Arguments: folder of the shipped models, questions a task; then {@code frozen}, to keep the
 * stored prompt for the whole answer instead of the first block, and names of tasks (default: all).
 * Exit status 1 if a request was no hit, or if pages as computed change an answer.
 */
public final class PageEncodings {
  private static final List<String> TASKS = List.of("arithmetic", "lists", "lookup", "code");
  private static final List<String> MODELS = List.of("unmask-mini-llada", "unmask-mini-dream");
  private static final List<PageEncoding> ENCODINGS =
      List.of(
          PageEncoding.PAGE_ENCODING_AS_COMPUTED,
          PageEncoding.PAGE_ENCODING_BFLOAT16,
          PageEncoding.PAGE_ENCODING_INT8);
  private static final int GENERATION = 128;

  /** Under way at once; company changes no answer. */
  private static final int CALLERS = 6;

  private static final int MOST_TRIES = 100;

  /** More than any answer has steps. */
  private static final int FROZEN = 4096;

  private final Fleet fleet;
  private final PrintStream out;

  private PageEncodings(Fleet fleet, PrintStream out) {
    this.fleet = fleet;
    this.out = out;
  }

  /** Two workers that share a cache-service. */
  private record Fleet(CacheServer cache, Worker writer, Worker reader) implements AutoCloseable {
    static Fleet start(List<Path> models, Path pages) {
      var cache =
          CacheServer.start(
              Map.of("grpc.server.port", 0, "unmask.cache.directory", pages.toString()));
      var address = "127.0.0.1:" + cache.port();
      return new Fleet(
          cache, Worker.start("writer", models, address), Worker.start("reader", models, address));
    }

    @Override
    public void close() {
      List.of(writer, reader).forEach(Worker::close);
      cache.close();
    }
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var words = List.of(arguments).subList(2, arguments.length);
    var named = TASKS.stream().filter(words::contains).toList();
    var plan =
        new Plan(
            named.isEmpty() ? TASKS : named,
            Integer.parseInt(arguments[1]),
            words.contains("frozen"));
    System.exit(run(models, plan, System.out) ? 0 : 1);
  }

  /**
   * What is asked.
   *
   * @param tasks their names
   * @param questions of each
   * @param frozen whether the prompt is computed once an answer
   */
  record Plan(List<String> tasks, int questions, boolean frozen) {
    static Plan all(int questions) {
      return new Plan(TASKS, questions, false);
    }

    private DecodingSpec spec() {
      var cache = DualCache.newBuilder();
      if (frozen) {
        cache.setPromptIntervalSteps(FROZEN);
      }
      return DecodingSpec.newBuilder().setGenerationLength(GENERATION).setDualCache(cache).build();
    }
  }

  /** Whether all requests hit, and pages as computed changed nothing. */
  static boolean run(Path models, Plan plan, PrintStream out) throws Exception {
    out.println(
        "| model | task | pages | hits | right without sharing | right | now wrong | now right |"
            + " other tokens | a confidence changed by up to |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    var folders = MODELS.stream().map(models::resolve).toList();
    boolean sound = true;
    try (var fleet = Fleet.start(folders, Files.createTempDirectory("pages"))) {
      var study = new PageEncodings(fleet, out);
      for (var model : MODELS) {
        for (var task : plan.tasks()) {
          var exercises =
              Exercise.read(models.resolve("tasks/" + task + ".jsonl"), plan.questions());
          sound &= study.ask(model, task, exercises, plan.spec());
        }
      }
    }
    return sound;
  }

  private boolean ask(String model, String task, List<Exercise> exercises, DecodingSpec spec)
      throws InterruptedException, ExecutionException {
    var rows = new ArrayList<Row>();
    ENCODINGS.forEach(encoding -> rows.add(new Row(encoding)));
    try (var callers = Executors.newFixedThreadPool(CALLERS)) {
      var asked =
          exercises.stream()
              .<Callable<Boolean>>map(exercise ->
                  () -> ask(exercise, new Question(model, exercise.prompt(), spec), rows))
              .toList();
      for (var call : callers.invokeAll(asked)) {
        call.get();
      }
    }
    rows.forEach(row -> out.println("| " + model + " | " + task + row));
    return rows.stream().allMatch(row -> row.sound(exercises.size()));
  }

  private boolean ask(Exercise exercise, Question question, List<Row> rows) {
    var computed = fleet.writer().ask(question);
    if (computed.closed().getUsage().getPagesHit() > 0) {
      throw new IllegalStateException("asked before: " + exercise);
    }
    rows.forEach(row -> row.add(exercise, computed, fetched(question, row.encoding)));
    return true;
  }

  /**
   * The writer computes and stores it; the reader waits for that, and fetches it. On a busy machine
   * it may wait too short, compute and store it itself, and fetch it the next time.
   */
  private Answer fetched(Question question, PageEncoding encoding) {
    var sharing = Sharing.newBuilder().setPageEncoding(encoding).build();
    if (encoding != PageEncoding.PAGE_ENCODING_AS_COMPUTED) {
      fleet.writer().begin(question, sharing);
    }
    var answer = fleet.reader().ask(question, sharing);
    for (int tries = 1; tries < MOST_TRIES && !hit(answer); tries++) {
      answer = fleet.reader().ask(question, sharing);
    }
    return answer;
  }

  private static boolean hit(Answer answer) {
    var usage = answer.closed().getUsage();
    return usage.getPagesHit() > 0 && usage.getPagesMissed() == 0;
  }

  /** Counts of one encoding. */
  private static final class Row {
    private final PageEncoding encoding;
    private int hits;
    private int rightComputed;
    private int right;
    private int lost;
    private int won;
    private int others;
    private double change;

    Row(PageEncoding encoding) {
      this.encoding = encoding;
    }

    synchronized void add(Exercise exercise, Answer computed, Answer fetched) {
      boolean asAsked = fetched.closed().getUsage().getPageEncoding() == encoding;
      hits += hit(fetched) && asAsked ? 1 : 0;
      boolean before = exercise.answeredBy(computed.text());
      boolean now = exercise.answeredBy(fetched.text());
      rightComputed += before ? 1 : 0;
      right += now ? 1 : 0;
      lost += before && !now ? 1 : 0;
      won += now && !before ? 1 : 0;
      if (computed.tokens().equals(fetched.tokens())) {
        change = Math.max(change, change(computed.confidences(), fetched.confidences()));
      } else {
        others++;
      }
    }

    private static double change(List<Float> one, List<Float> other) {
      return IntStream.range(0, one.size())
          .mapToDouble(i -> Math.abs(one.get(i) - other.get(i)))
          .max()
          .orElse(0);
    }

    boolean sound(int questions) {
      return hits == questions
          && (encoding != PageEncoding.PAGE_ENCODING_AS_COMPUTED || others == 0);
    }

    @Override
    public String toString() {
      var name = encoding.name().substring("PAGE_ENCODING_".length()).toLowerCase(Locale.ROOT);
      return " | %s | %d | %d | %d | %d | %d | %d | %.2g |"
          .formatted(name, hits, rightComputed, right, lost, won, others, change);
    }
  }
}
