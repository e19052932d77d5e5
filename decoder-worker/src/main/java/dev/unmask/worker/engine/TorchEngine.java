package dev.unmask.worker.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.ModelShape;
import java.util.List;

/**
 * A model on a device. Opens the states requests are decoded with. The engine and all its states
 * are used by one thread at a time.
 */
public final class TorchEngine implements AutoCloseable {
  /**
   * Version of the program's arithmetic; part of what names stored pages. To be raised by hand
   * whenever a change to {@code program.torchscript} can change a result, or the layout of a page.
   */
  public static final int PROGRAM_VERSION = 1;

  private final TorchProgram program;
  private final ModelShape shape;
  private final ModelTraits traits;
  private final ComputeType type;
  private final KvPool pool = new KvPool(1 << 16);

  private TorchEngine(
      TorchProgram program, ModelShape shape, ModelTraits traits, ComputeType type) {
    this.program = program;
    this.shape = shape;
    this.traits = traits;
    this.type = type;
  }

  /**
   * Copies a checkpoint's weights to a device, in the type it computes in. The checkpoint may be
   * closed afterwards.
   *
   * @throws IllegalArgumentException if the device does not exist
   */
  public static TorchEngine load(Checkpoint checkpoint, EngineSettings settings) {
    // Named first, because this is what loads the native library.
    var torch = Engine.getEngine("PyTorch");
    var device = settings.torchDevice();
    requireDevice(settings, torch);
    settings.threads().ifPresent(JniUtils::setNumThreads);
    var type = device.isGpu() ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
    return load(checkpoint, device, type);
  }

  /** Any type on any device: on a CPU bfloat16 is slow, but the same program. */
  static TorchEngine load(Checkpoint checkpoint, Device device, ComputeType type) {
    var program = TorchProgram.load(checkpoint, device, type);
    new WeightLoader(program, checkpoint).load(type);
    return new TorchEngine(program, checkpoint.shape(), checkpoint.traits(), type);
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

  /**
   * Opens the state of one request; the caller closes it.
   *
   * @param promptLength positions of the prompt; at least the model's prediction shift
   * @param generationLength positions that follow, at least 1
   * @throws IllegalArgumentException if both together exceed the context
   */
  public ModelState open(int promptLength, int generationLength) {
    return new ModelState(program, pageLayout(), traits, size(promptLength, generationLength));
  }

  /**
   * Opens the state of one request as its method needs it; the caller closes it.
   *
   * @throws IllegalArgumentException as {@link #open(int, int)}
   */
  public RequestState open(int promptLength, Method method) {
    var guidance = method.guidance();
    return guidance.isPresent()
        ? new GuidedState(
            program,
            pageLayout(),
            traits,
            size(promptLength, method.generationLength()),
            guidance.get().scale())
        : open(promptLength, method.generationLength());
  }

  /**
   * Opens the state of one request in a run of the pool; the caller closes it, then gives the run
   * back.
   *
   * @param run of at least {@link #positions} positions
   * @throws IllegalArgumentException as {@link #open(int, int)}
   */
  public RequestState open(KvPool.Run run, int promptLength, Method method) {
    return open(promptLength, method);
  }

  /** Positions of the pool that a request can need, whatever its steps do. */
  public int positions(int promptLength, Method method) {
    return promptLength + method.generationLength();
  }

  /** The device's memory for keys and values. */
  public KvPool pool() {
    return pool;
  }

  /**
   * Makes one step of each of several requests, in one forward where their plans allow.
   *
   * @param turns of different requests, all of this engine
   * @return what became of each, in their order
   */
  public List<TurnOutcome> run(List<Turn> turns) {
    return turns.stream().map(TorchEngine::run).toList();
  }

  private static TurnOutcome run(Turn turn) {
    try {
      return new TurnOutcome.Predicted(turn.state().step(turn.step()));
    } catch (RuntimeException e) {
      return new TurnOutcome.Failed(e);
    }
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
    return new ModelState(
        program,
        pageLayout(),
        traits,
        new CanvasSize(size.prompt(), size.generation(), padding, origin));
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

  /** Shape of the pages. */
  public PageLayout pageLayout() {
    return new PageLayout(type, shape.layers(), shape.kvHeads(), shape.headSize(), shape.hidden());
  }

  /** Sizes of the model. */
  public ModelShape shape() {
    return shape;
  }

  /** Special ids and prediction shift. */
  public ModelTraits traits() {
    return traits;
  }

  /** Frees the weights; states must be closed before. */
  @Override
  public void close() {
    program.close();
  }

  /** The program, to look inside. */
  TorchProgram program() {
    return program;
  }
}
