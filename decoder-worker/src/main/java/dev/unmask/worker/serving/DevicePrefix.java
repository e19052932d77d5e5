package dev.unmask.worker.serving;

import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.serving.retained.RetainedPrefixes;
import dev.unmask.worker.serving.steps.Seat;
import java.util.Arrays;
import java.util.Optional;

/**
 * What one request of a block-causal model takes from closed ones within the device, and leaves
 * there for later ones. Used by the request's thread.
 */
final class DevicePrefix {
  private final Assignment assignment;
  private final RetainedPrefixes retained;
  private final int[] blocks;

  private DevicePrefix(Assignment assignment, RetainedPrefixes retained, int block) {
    this.assignment = assignment;
    this.retained = retained;
    int[] prompt = assignment.prompt();
    blocks = Arrays.copyOf(prompt, prompt.length / block * block);
  }

  /** Empty if the model, the worker or the method retains nothing. */
  static Optional<DevicePrefix> of(Assignment assignment, Station station) {
    var model = assignment.model();
    if (!(assignment.method().cache() instanceof BlockCache)) {
      return Optional.empty();
    }
    return station
        .retention()
        .of(model.name())
        .map(retained ->
            new DevicePrefix(assignment, retained, model.traits().causalBlock().orElseThrow()));
  }

  /**
   * Counts what the request could take as used. To be called before it waits for a slot, so that
   * the room of other prefixes is given up for it first.
   */
  void keep() {
    retained.longest(assignment.namespace(), blocks);
  }

  /**
   * Copies the longest beginning there is into the request's slots. To be called before its first
   * step, and before anything is looked up elsewhere.
   *
   * @return positions from 0 that are stored now, whole blocks of the prompt; may be 0
   */
  int take(Seat seat) {
    return retained
        .longest(assignment.namespace(), blocks)
        .map(found ->
            seat.<Integer>call(state -> retained.copy(found, ((ModelState) state)::copySpan)))
        .orElse(0);
  }

  /**
   * Leaves what is stored. To be called when the request closed normally, after its last step and
   * before it gives its slot back.
   *
   * @param run of the request
   * @param canvas all tokens
   * @param stored positions from 0 whose keys and values are final
   * @param text of the answer, as it was told
   * @param tokens of the answer
   */
  void leave(KvPool.Run run, int[] canvas, int stored, String text, int tokens) {
    int end = assignment.prompt().length;
    int[] answer = Arrays.copyOfRange(canvas, end, end + tokens);
    retained.retain(
        assignment.namespace(),
        run,
        Arrays.copyOf(canvas, stored),
        assignment.written().answered(text, answer).pieces());
  }
}
