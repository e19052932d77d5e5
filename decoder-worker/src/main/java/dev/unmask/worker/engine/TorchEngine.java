package dev.unmask.worker.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.unmask.worker.engine.forward.CanvasSize;
import dev.unmask.worker.engine.forward.Room;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.engine.program.Processor;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.engine.program.WeightLoader;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.ModelShape;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.List;

/**
 * A model on a device, with the memory for the keys and values of all requests. Opens the states
 * requests are decoded with, and makes the steps of several of them in one forward. The engine and
 * all its states are used by one thread at a time; the pool by any.
 */
public final class TorchEngine implements ModelEngine {
  /**
   * Version of the program's arithmetic; part of what names stored pages. To be raised by hand
   * whenever a change to the program's text can change a result, or the layout of a page.
   */
  public static final int PROGRAM_VERSION = 2;

  private final TorchProgram program;
  private final ModelShape shape;
  private final ModelTraits traits;
  private final PageLayout layout;
  private final KvPool pool;
  private final Batches batches;

  private TorchEngine(
      TorchProgram program, ModelShape shape, ModelTraits traits, PageLayout layout, KvPool pool) {
    this.program = program;
    this.shape = shape;
    this.traits = traits;
    this.layout = layout;
    this.pool = pool;
    batches = new Batches(program, shape.vocabulary());
  }

  /**
   * Copies a checkpoint's weights to a device, in the type it computes in, and takes the memory for
   * keys and values and, on a GPU, for what forwards compute on the way. The checkpoint may be
   * closed afterwards.
   *
   * @throws IllegalArgumentException if the device does not exist, or lacks the instructions that
   *     the weights' type needs
   */
  public static TorchEngine load(Checkpoint checkpoint, EngineSettings settings) {
    // Named first, because this is what loads the native library.
    var torch = Engine.getEngine("PyTorch");
    requireDevice(settings, torch);
    var type = settings.computeType();
    if (type == ComputeType.FLOAT32) {
      settings.weightType().require(Processor.here());
    }
    JniUtils.setNumThreads(settings.threads(JniUtils.getNumThreads()));
    return load(checkpoint, settings, type);
  }

  /** Any type on any device: on a CPU bfloat16 is slow, but the same program. */
  static TorchEngine load(Checkpoint checkpoint, EngineSettings settings, ComputeType type) {
    var weights = type == ComputeType.BFLOAT16 ? WeightType.BFLOAT16 : settings.weightType();
    var program = TorchProgram.load(checkpoint, settings.torchDevice(), type, weights);
    new WeightLoader(program, checkpoint).load(type);
    var shape = checkpoint.shape();
    var layout =
        new PageLayout(type, shape.layers(), shape.kvHeads(), shape.headSize(), shape.hidden());
    var pool = new KvPool(settings.poolPositions(layout));
    try (var call = program.call("open_pool")) {
      call.number(pool.capacity()).complete();
    }
    if (settings.reservedBytes() > 0) {
      try (var call = program.call("reserve")) {
        call.number(settings.reservedBytes()).complete();
      }
    }
    return new TorchEngine(program, shape, checkpoint.traits(), layout, pool);
  }

  /**
   * Puts a number on the device. DJL's own count of GPUs asks a CUDA runtime on the library path,
   * which a machine with nothing but a driver and torch does not have.
   */
  private static void requireDevice(EngineSettings settings, Engine torch) {
    try (var memory = torch.newBaseManager(settings.torchDevice())) {
      memory.create(0f);
    } catch (EngineException e) {
      throw new IllegalArgumentException("there is no device " + settings.device(), e);
    }
  }

  @Override
  public List<TurnOutcome> run(List<Turn> turns) {
    return batches.run(turns);
  }

  /** A step made alone. */
  Predictions step(RequestState state, Step step) {
    return switch (run(List.of(new Turn(state, step))).getFirst()) {
      case TurnOutcome.Predicted(var predictions) -> predictions;
      case TurnOutcome.Failed(var cause) -> throw cause;
    };
  }

  @Override
  public KvPool pool() {
    return pool;
  }

  /**
   * Positions of the pool that a request can need, whatever its steps do. Distributions that a
   * method keeps from step to step lie outside the pool; it reserves as many positions as take
   * their memory, so that there is never more outside than is reserved inside.
   */
  @Override
  public int positions(int promptLength, Method method) {
    boolean guided = method.guidance().isPresent();
    boolean compares = method.unmask().probe() instanceof Probe.Divergence;
    int kept = (guided ? 1 : 0) + (compares ? 1 : 0);
    long bytes = (long) kept * method.generationLength() * shape.vocabulary() * Float.BYTES;
    int outside = Math.toIntExact(Math.ceilDiv(bytes, layout.positionBytes()));
    return (guided ? 2 : 1) * room(promptLength, method).size() + outside;
  }

  @Override
  public RequestState open(KvPool.Run run, int promptLength, Method method) {
    return open(run, promptLength, method, () -> {});
  }

  @Override
  public RequestState open(int promptLength, Method method) {
    var run = take(positions(promptLength, method));
    return open(run, promptLength, method, () -> pool.give(run));
  }

  private RequestState open(KvPool.Run run, int promptLength, Method method, Runnable release) {
    var size = size(promptLength, method.generationLength());
    if (run.count() < positions(promptLength, method)) {
      throw new IllegalArgumentException(
          "a run of %d positions where %d are needed"
              .formatted(run.count(), positions(promptLength, method)));
    }
    var room = room(promptLength, method).from(run.start());
    return method.guidance().isPresent()
        ? new GuidedState(this, size, method.guidance().get().scale(), room, release)
        : new ModelState(this, size, room, release);
  }

  /** As {@link #open(int, Method)}, for steps of any mechanism. */
  public ModelState open(int promptLength, int generationLength) {
    return open(size(promptLength, generationLength));
  }

  /**
   * Opens the state of one row of a padded batch, as d2Cache feeds it: {@code padding} positions
   * lead the prompt, which are rows that nobody attends to. Only {@link
   * dev.unmask.worker.rows.Mechanism.Overwrite} with a rollout knows padding.
   */
  public ModelState openPadded(int padding, int promptLength, int generationLength) {
    // LLaDA's position ids skip the padding, Dream's count it.
    int origin = traits.predictionShift() == 0 ? padding : 0;
    var size = size(padding + promptLength, generationLength);
    return open(new CanvasSize(size.prompt(), size.generation(), padding, origin));
  }

  private ModelState open(CanvasSize size) {
    var room = Room.of(size.positions(), layout.outputPositions(size.positions()));
    var run = take(room.size());
    return new ModelState(this, size, room.from(run.start()), () -> pool.give(run));
  }

  private Room room(int promptLength, Method method) {
    int positions = promptLength + method.generationLength();
    return Room.of(positions, method, layout.outputPositions(positions));
  }

  private KvPool.Run take(int positions) {
    return pool.take(positions)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%d positions are needed; of %d, %d are taken"
                    .formatted(positions, pool.capacity(), pool.used())));
  }

  private CanvasSize size(int promptLength, int generationLength) {
    if (promptLength < traits.predictionShift() || generationLength < 1) {
      throw new IllegalArgumentException(
          "a prompt of %d and a generation of %d positions"
              .formatted(promptLength, generationLength));
    }
    if (promptLength + generationLength > shape.contextLength()) {
      throw new IllegalArgumentException(
          "%d + %d positions exceed the context of %d"
              .formatted(promptLength, generationLength, shape.contextLength()));
    }
    return new CanvasSize(promptLength, generationLength);
  }

  @Override
  public PageLayout pageLayout() {
    return layout;
  }

  /** Sizes of the model. */
  public ModelShape shape() {
    return shape;
  }

  /** Special ids and prediction shift. */
  public ModelTraits traits() {
    return traits;
  }

  /**
   * Host memory that is best for pages: pinned where there is a GPU, which then reads it at the
   * bus's rate. May be called by any thread; the caller closes it before the engine.
   */
  @Override
  public HostMemory hostMemory(long size) {
    return switch (layout.type()) {
      case FLOAT32 -> HostMemory.unpinned(size);
      case BFLOAT16 -> transfer().staging(size);
    };
  }

  /** Moves forwards to pages and back. */
  StateTransfer transfer() {
    return new StateTransfer(program, layout);
  }

  /** Frees the weights and the pool; states must be closed before. */
  @Override
  public void close() {
    program.close();
  }

  /** The program, to look inside. */
  TorchProgram program() {
    return program;
  }
}
