package dev.unmask.worker.drift;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers every question with a forward of its own, and again with the lower layers of what its
 * prompt has in common with the next question of the same document taken from that one's forward:
 * at every depth, and for every share of the prompt. Threshold 0.9, dual cache, greedy. For one
 * thread.
 */
public final class DriftStudy {
  private final ServedModel model;
  private final DriftPlan plan;
  private final Method method;
  private final int layers;
  private final IntConsumer progress;
  private final Map<Double, List<Trials>> trials = new TreeMap<>();
  private final Map<String, List<Trials>> documents = new LinkedHashMap<>();
  private final List<LayerDrift> drift;

  private DriftStudy(ServedModel model, DriftPlan plan, IntConsumer progress) {
    this.model = model;
    this.plan = plan;
    this.progress = progress;
    method = Method.standard(plan.generationLength());
    layers = model.engine().pageLayout().layers();
    plan.shares().forEach(share -> trials.put(share, trialsByDepth()));
    drift = IntStream.range(0, layers).mapToObj(LayerDrift::new).toList();
  }

  private List<Trials> trialsByDepth() {
    return IntStream.rangeClosed(0, layers).mapToObj(_ -> new Trials()).toList();
  }

  /**
   * Measures a checkpoint, in float32 on a CPU.
   *
   * @param progress is told how many questions are done
   * @throws IllegalArgumentException if the model is block-causal
   */
  public static Findings run(Path folder, DriftPlan plan, IntConsumer progress) {
    var model = new ModelFolder(folder).load(EngineSettings.cpu());
    try {
      if (model.traits().causalBlock().isPresent()) {
        throw new IllegalArgumentException(
            model.name()
                + " is block-causal: what begins alike is shared exactly, and drifts nowhere");
      }
      return new DriftStudy(model, plan, progress).run();
    } finally {
      model.engine().close();
      model.tokenizer().close();
    }
  }

  private Findings run() {
    var byDocument =
        plan.questions().stream()
            .collect(
                Collectors.groupingBy(
                    DriftQuestion::document, LinkedHashMap::new, Collectors.toList()));
    int done = 0;
    for (var questions : byDocument.values()) {
      measure(questions, done);
      done += questions.size();
    }
    return new Findings(
        model.description(),
        plan.generationLength(),
        trials.entrySet().stream()
            .flatMap(entry -> findings(entry.getKey(), entry.getValue()))
            .toList(),
        documents.values().stream()
            .map(depths -> findings(plan.shares().getLast(), depths).toList())
            .toList(),
        drift);
  }

  private static Stream<Finding> findings(double share, List<Trials> depths) {
    return IntStream.range(0, depths.size())
        .mapToObj(depth -> depths.get(depth).finding(share, depth));
  }

  /** Questions of one document in a ring: each is answered with the next one's forward. */
  private void measure(List<DriftQuestion> questions, int done) {
    if (questions.size() < 2) {
      throw new IllegalArgumentException(
          "document " + questions.getFirst().document() + " has one question only");
    }
    var own = computing(questions.getFirst());
    try {
      for (int i = 0; i < questions.size(); i++) {
        var next = computing(questions.get((i + 1) % questions.size()));
        try {
          measure(questions.get(i), own, next);
        } finally {
          own.close();
          own = next;
        }
        progress.accept(done + i + 1);
      }
    } finally {
      own.close();
    }
  }

  private Examinee computing(DriftQuestion question) {
    var template =
        model
            .template()
            .orElseThrow(() -> new IllegalArgumentException("the model has no chat template"));
    int[] prompt = model.tokenizer().encode(template.render(question.turns()));
    return Examinee.computing(model, method, prompt);
  }

  private void measure(DriftQuestion question, Examinee own, Examinee donor) {
    int common = common(own.prompt(), donor.prompt());
    compare(own, donor, common);
    var counted = new ArrayList<Trials>();
    for (double share : plan.shares()) {
      int prefix = spans(Math.min(common, (int) (share * own.prompt().length)));
      if (prefix > 0) {
        var tables = tables(question, share);
        tables.forEach(depths -> counted.add(depths.getFirst()));
        for (int depth = 1; depth <= layers; depth++) {
          int taken = depth;
          var trial = lent(question, own.prompt(), donor, new Taken(prefix, taken));
          tables.forEach(depths -> depths.get(taken).add(prefix, trial));
        }
      }
    }
    var alone = own.finish(question);
    counted.forEach(depth -> depth.add(0, alone));
  }

  /** Where a trial counts: its share's, and, of the greatest share, its document's. */
  private List<List<Trials>> tables(DriftQuestion question, double share) {
    var ofShare = trials.get(share);
    return share == plan.shares().getLast()
        ? List.of(ofShare, documents.computeIfAbsent(question.document(), _ -> trialsByDepth()))
        : List.of(ofShare);
  }

  private record Taken(int prefix, int depth) {}

  private Trials.Trial lent(DriftQuestion question, int[] prompt, Examinee donor, Taken taken) {
    try (var stored = donor.prefix(taken.prefix(), taken.depth());
        var examinee = Examinee.lent(model, method, prompt, stored)) {
      return examinee.finish(question);
    }
  }

  private void compare(Examinee own, Examinee donor, int common) {
    int prefix = spans(common);
    if (prefix == 0) {
      return;
    }
    for (int depth = 1; depth <= layers; depth++) {
      var at = drift.get(depth - 1);
      try (var one = donor.prefix(prefix, depth);
          var other = own.prefix(prefix, depth)) {
        for (int span = 0; span < one.spans(); span++) {
          var page = one.page(depth - 1, span).asFloatBuffer();
          var wanted = other.page(depth - 1, span).asFloatBuffer();
          int half = page.capacity() / 2;
          at.keys().add(page.slice(0, half), wanted.slice(0, half));
          at.values().add(page.slice(half, half), wanted.slice(half, half));
        }
        at.hidden().add(one.predictions().asFloatBuffer(), other.predictions().asFloatBuffer());
      }
      at.next();
    }
  }

  private static int common(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    int same = mismatch < 0 ? one.length : mismatch;
    return Math.min(same, Math.min(one.length, other.length) - 1);
  }

  private static int spans(int positions) {
    return positions / Limits.PAGE_SPAN * Limits.PAGE_SPAN;
  }
}
