package dev.unmask.worker.serving.retained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Ticket;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.Requester;
import dev.unmask.worker.serving.steps.StepLoop;
import dev.unmask.worker.unmask.Threshold;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of block-causal models that go on from what closed ones left on the device. */
class DevicePrefixTest {
  private static final String FAST_DLLM_V2 = "tiny-fast-dllm-v2";
  private static final String SDAR = "tiny-sdar";
  private static final int PROMPT = 110;
  private static final int GENERATION = 64;

  private final EngineThread thread = new EngineThread("engine-test");
  private final StepLoop loop = new StepLoop(thread, Budgets.ofCpu(), System::nanoTime);
  private final int[] prompt = new Random(11).ints(PROMPT, 1, 500).toArray();
  private Optional<TorchEngine> loaded = Optional.empty();
  private Retention retention = Retention.none();

  /** What a request did. */
  private record Decoded(int[] canvas, int stored, int reused, int rows) {}

  @AfterEach
  void close() {
    loaded.ifPresent(engine -> thread.run(engine::close));
    thread.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {FAST_DLLM_V2, SDAR})
  void decode_beginningOfAnotherPrompt_isTheSameWithFewerRows(String model) throws Exception {
    load(model);
    int[] other = prompt.clone();
    Arrays.fill(other, 70, PROMPT, 17);
    var alone = decode(other, "theirs");
    decode(prompt, "ours");
    var copied = decode(other, "ours");
    assertThat(copied.reused()).isEqualTo(64);
    assertThat(copied.canvas()).isEqualTo(alone.canvas());
    assertThat(copied.rows()).isEqualTo(alone.rows() - 64);
  }

  @ParameterizedTest
  @ValueSource(strings = {FAST_DLLM_V2, SDAR})
  void decode_nextTurn_goesOnFromTheAnswer(String model) throws Exception {
    load(model);
    var first = decode(prompt, "ours");
    int[] next = Arrays.copyOf(first.canvas(), PROMPT + GENERATION + 20);
    Arrays.fill(next, PROMPT + GENERATION, next.length, 23);
    var heard = new HeardHoldings();
    retention.holdings().tell(heard);
    assertThat(written("ours", next).pieces().leading(heard.held()::contains))
        .as("what a gateway knows of the next turn")
        .isEqualTo((PROMPT + GENERATION) / 32);
    var alone = decode(next, "theirs");
    var copied = decode(next, "ours");
    assertThat(copied.reused()).isEqualTo(first.stored() / 32 * 32).isGreaterThan(PROMPT);
    assertThat(copied.canvas()).isEqualTo(alone.canvas());
    assertThat(copied.rows()).isEqualTo(alone.rows() - copied.reused());
    assertThat(engine().pool().used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {FAST_DLLM_V2, SDAR})
  void decode_roomTakenMeanwhile_computesAsIfNothingHadBeen(String model) throws Exception {
    load(model);
    var first = decode(prompt, "ours");
    var all = engine().pool().take(engine().pool().capacity()).orElseThrow();
    engine().pool().give(all);
    var again = decode(prompt, "ours");
    assertThat(again.reused()).isZero();
    assertThat(again.canvas()).isEqualTo(first.canvas());
  }

  private TorchEngine engine() {
    return loaded.orElseThrow();
  }

  private void load(String model) {
    loaded =
        Optional.of(
            thread.call(() -> {
              try (var checkpoint = Checkpoint.open(Path.of("src/test/golden/models", model))) {
                return TorchEngine.load(checkpoint, new EngineSettings("cpu", OptionalInt.of(1)));
              }
            }));
    var source = new Retention.Source(model, engine().pool(), block());
    retention = Retention.of(1, List.of(source));
  }

  private int block() {
    return engine().traits().causalBlock().orElseThrow();
  }

  private Decoded decode(int[] tokens, String namespace) throws InterruptedException {
    var method = method();
    var model = retention.models().keySet().iterator().next();
    var prefix =
        new DevicePrefix(
            retention.of(model).orElseThrow(), written(namespace, tokens), tokens, block());
    prefix.keep();
    var run = engine().pool().take(engine().positions(tokens.length, method)).orElseThrow();
    var requester = new Requester(namespace, Ticket.NO_DEADLINE, model, engine());
    try (var seat = loop.open(requester, () -> engine().open(run, tokens.length, method))) {
      var decoding = new Decoding(engine().traits(), method, tokens);
      int reused = prefix.take(seat);
      decoding.begin(reused);
      int rows = 0;
      while (!decoding.done()) {
        seat.submit(decoding.next());
        rows += decoding.accept(seat.await()).rowsComputed();
      }
      prefix.leave(run, decoding.canvas(), decoding.storedEnd(), "", GENERATION);
      return new Decoded(decoding.canvas(), decoding.storedEnd(), reused, rows);
    } finally {
      engine().pool().give(run);
    }
  }

  private static WrittenPrompt written(String namespace, int... tokens) {
    var ids = TokenIds.newBuilder();
    Arrays.stream(tokens).forEach(ids::addIds);
    return new WrittenPrompt(namespace, "tiny", Prompt.newBuilder().setTokens(ids).build());
  }

  private Method method() {
    return new Method(
        GENERATION,
        block(),
        new Threshold(0.9),
        new BlockCache(false),
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
