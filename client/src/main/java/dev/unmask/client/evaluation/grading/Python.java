package dev.unmask.client.evaluation.grading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.unmask.client.evaluation.sandbox.Bounds;
import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.sandbox.Job;
import dev.unmask.client.evaluation.sandbox.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The Python scripts that treat an answer's code; they run in the sandbox as the code does. */
public final class Python {
  /** Parsing thousands of candidates, not running one, takes the time. */
  private static final Bounds PARSING =
      new Bounds(
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Bounds.PROGRAM.memoryBytes(),
          Bounds.PROGRAM.processes(),
          Bounds.PROGRAM.diskBytes(),
          Bounds.PROGRAM.outputBytes());

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Grounds grounds;
  private final Supplier<String> words;
  private final String run = resource("run.py");
  private final String sanitize = resource("sanitize.py");

  /**
   * @param words each a new one that no program can know; a program that ends early without an
   *     error does not say it
   */
  public Python(Grounds grounds, Supplier<String> words) {
    this.grounds = grounds;
    this.words = words;
  }

  /**
   * Runs the parts of a program one after the other in one scope.
   *
   * @return what went wrong, in a line; empty when nothing did
   */
  Optional<String> failure(List<String> parts) throws InterruptedException {
    var word = words.get();
    var outcome = execute(run, Map.of("word", word, "parts", parts), Bounds.PROGRAM);
    return switch (outcome.ending()) {
      case TIMED_OUT ->
          Optional.of("ran longer than " + Bounds.PROGRAM.wallTime().toSeconds() + " s");
      case TALKED_TOO_MUCH ->
          Optional.of("wrote more than " + Bounds.PROGRAM.outputBytes() + " bytes");
      case EXITED -> {
        boolean complete = outcome.output().endsWith("\n" + word + "\n");
        yield complete && outcome.exitCode() == 0 ? Optional.empty() : Optional.of(why(outcome));
      }
    };
  }

  /** Keeps of a text what one function and its tests need; empty when nothing can be parsed. */
  String sanitized(String text, String entryPoint, String tests) throws InterruptedException {
    var task = Map.of("text", text, "entry_point", entryPoint, "tests", tests);
    var outcome = execute(sanitize, task, PARSING);
    boolean done = outcome.ending() == Outcome.Ending.EXITED && outcome.exitCode() == 0;
    return done ? outcome.output().strip() : "";
  }

  private Outcome execute(String script, Object task, Bounds bounds) throws InterruptedException {
    var command = List.of(grounds.python().toString(), "-I", "-B", "-X", "utf8", "-c", script);
    try {
      return grounds.sandbox().run(new Job(command, json(task), bounds));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(Object task) {
    try {
      return MAPPER.writeValueAsString(task);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The last line says most: Python puts the exception there. */
  private static String why(Outcome outcome) {
    var lines = outcome.output().lines().filter(line -> !line.isBlank()).toList();
    if (outcome.exitCode() > 128) {
      return "was ended by signal " + (outcome.exitCode() - 128) + ", a limit's perhaps";
    }
    if (outcome.exitCode() == 0) {
      return "ended before its tests did";
    }
    return lines.isEmpty()
        ? "ended with status " + outcome.exitCode()
        : Lines.brief(lines.getLast());
  }

  private static String resource(String name) {
    try (var text = Python.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
