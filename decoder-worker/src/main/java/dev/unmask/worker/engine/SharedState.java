package dev.unmask.worker.engine;

import dev.unmask.worker.engine.host.StoredForward;

/**
 * A request's state whose forwards can be taken from, and given to, other requests. For the
 * engine's thread only.
 */
public interface SharedState extends RequestState {
  /**
   * Copies out the forward of the first step, to be shared. To be called after the first step and
   * before the second.
   *
   * @param positions whose keys and values are wanted, from 0; 0 for the predictions alone
   * @return the bytes, to be closed by the caller, on any thread
   * @throws IllegalStateException if it is too early or too late, the keys were not kept, or the
   *     forward went on from another request's
   */
  StoredForward export(int positions);

  /**
   * Fills the state with a forward that was exported for the same prompt and lengths by the same
   * program; the next step, a refresh, is answered from it.
   *
   * @param forward copied before this returns
   * @throws IllegalStateException if a step was made already
   * @throws IllegalArgumentException if the forward has another shape
   */
  void restore(StoredForward forward);

  /**
   * Copies out what the first step retained, to be shared. To be called after the first step and
   * before the second.
   *
   * @return of each layer the kept entries, with their positions, and the predictions; to be closed
   *     by the caller, on any thread
   * @throws IllegalStateException if it is too early or too late, or nothing was retained
   */
  StoredForward exportRetained();

  /**
   * Fills the state with what the same first step retained elsewhere; the next step, which is that
   * one, is answered from it.
   *
   * @param forward copied before this returns
   * @throws IllegalStateException if a step was made already
   * @throws IllegalArgumentException if the forward has another shape, or lists positions that the
   *     canvas does not have
   */
  void restoreRetained(StoredForward forward);

  /**
   * Fills leading positions with keys and values that another canvas of this engine has in the
   * pool. Only where these are a function of the leading tokens alone is what follows the same as
   * if it had been computed.
   *
   * @param fromSlot where the other canvas begins; its slots and this canvas's have none in common
   * @param count positions; afterwards those before it are stored
   * @throws IllegalStateException if a step was made already, or something was restored
   * @throws IllegalArgumentException if the canvas has fewer positions, or the pool fewer slots
   */
  void copySpan(int fromSlot, int count);

  /**
   * Copies out keys and values of a span, to be shared block by block (sharing mode BLOCK_CAUSAL).
   *
   * @param from first position, a multiple of the page span
   * @param to first position behind it, a multiple of the page span; all stored by steps that will
   *     not be made again
   * @return pages that count from {@code from}, no predictions; to be closed by the caller, on any
   *     thread
   * @throws IllegalStateException if some of it is not stored
   */
  StoredForward exportSpan(int from, int to);

  /**
   * Fills leading positions with keys and values that were exported for the same tokens by the same
   * program; later steps attend to them.
   *
   * @param span without predictions; copied before this returns
   * @throws IllegalStateException if a step was made already
   * @throws IllegalArgumentException if it is of another shape, or longer than the canvas
   */
  void restoreSpan(StoredForward span);

  /**
   * Has the first step keep the hidden states of leading rows, so that {@link #exportPrefix} can
   * tell them. To be called before it.
   *
   * @param positions how many rows
   * @param depths layers that they enter, rising
   */
  void watch(int positions, int... depths);

  /**
   * Copies out what the first step left of leading rows below a layer, to be lent to other requests
   * (sharing mode SHALLOW). To be called after the first step and before the second.
   *
   * @param positions how many rows, at most as many as were watched
   * @param depth how many layers: one of those watched, or all, then without hidden states
   * @return keys and values of these layers and, as its predictions, the hidden states that the
   *     rows enter the next layer with; to be closed by the caller, on any thread
   * @throws IllegalStateException if it is too early or too late, or they were not kept, or are not
   *     this request's own
   */
  StoredForward exportPrefix(int positions, int depth);

  /**
   * Has the first step, a refresh, go on from another request's forward: leading rows take its keys
   * and values below a layer, and enter that layer with its hidden states; all else is computed.
   * What comes out is approximate, and cannot be exported.
   *
   * @param prefix as {@link #exportPrefix} gave it, for the same leading tokens, by the same
   *     program; copied before this returns
   * @throws IllegalStateException if a step was made already, or something was restored
   * @throws IllegalArgumentException if the prefix has another shape, or leaves no row to compute
   */
  void lend(StoredForward prefix);
}
