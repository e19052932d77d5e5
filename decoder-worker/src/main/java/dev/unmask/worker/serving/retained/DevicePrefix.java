package dev.unmask.worker.serving.retained;

import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.SharedState;
import dev.unmask.worker.serving.steps.Seat;
import java.util.Arrays;

/**
 * What one request of a block-causal model takes from closed ones within the device, and leaves
 * there for later ones. Used by the request's thread.
 */
public final class DevicePrefix {
  private final RetainedPrefixes retained;
  private final WrittenPrompt written;
  private final int promptLength;
  private final int[] blocks;

  /**
   * Nothing taken yet.
   *
   * @param retained of its model
   * @param written the prompt as its client wrote it, with the request's namespace
   * @param prompt token ids
   * @param block positions a block of the model's attention
   */
  public DevicePrefix(RetainedPrefixes retained, WrittenPrompt written, int[] prompt, int block) {
    this.retained = retained;
    this.written = written;
    promptLength = prompt.length;
    blocks = Arrays.copyOf(prompt, prompt.length / block * block);
  }

  /**
   * Counts what the request could take as used. To be called before it waits for a slot, so that
   * the room of other prefixes is given up for it first.
   */
  public void keep() {
    retained.longest(written.namespace(), blocks);
  }

  /**
   * Copies the longest beginning there is into the request's slots. To be called before its first
   * step, and before anything is looked up elsewhere.
   *
   * @param seat of a request without guidance
   * @return positions from 0 that are stored now, whole blocks of the prompt; may be 0
   */
  public int take(Seat seat) {
    return retained
        .longest(written.namespace(), blocks)
        .map(found -> seat.call(state -> copy(found, state)))
        .orElse(0);
  }

  private int copy(RetainedPrefixes.Found found, RequestState state) {
    if (state instanceof SharedState plain) {
      return retained.copy(found, plain::copySpan);
    }
    throw new IllegalStateException("a guided request shares nothing");
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
  public void leave(KvPool.Run run, int[] canvas, int stored, String text, int tokens) {
    int[] answer = Arrays.copyOfRange(canvas, promptLength, promptLength + tokens);
    retained.retain(
        written.namespace(),
        run,
        Arrays.copyOf(canvas, stored),
        written.answered(text, answer).pieces());
  }
}
