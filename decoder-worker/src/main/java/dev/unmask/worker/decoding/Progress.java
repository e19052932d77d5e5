package dev.unmask.worker.decoding;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Canvas;
import dev.unmask.worker.canvas.Grid;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where a decoding stands: the canvas, the block being decoded, and what of it may be committed.
 */
final class Progress {
  private final Method method;
  private final ModelTraits traits;
  private final Canvas canvas;
  private final Grid grid;
  private final Optional<Shadowing> shadowing;
  private int blockNumber;
  private int blockStep;

  /** Begins with the first block that has a mask, or where another worker had come. */
  Progress(
      Method method,
      ModelTraits traits,
      Canvas canvas,
      boolean shrinkingWindow,
      Optional<Resumption> resumption) {
    this.method = method;
    this.traits = traits;
    this.canvas = canvas;
    grid = method.grid(traits, canvas.promptLength());
    shadowing =
        method.unmask() instanceof Wino
            ? Optional.of(new Shadowing(shrinkingWindow))
            : Optional.empty();
    resumption.ifPresent(there -> {
      blockNumber = there.block();
      blockStep = there.blockSteps();
    });
    if (masksOfBlock().length == 0) {
      leaveBlock();
    } else {
      shadowing.ifPresent(window -> window.enter(block()));
    }
  }

  Canvas canvas() {
    return canvas;
  }

  /** What WINO looks at; empty for other policies. */
  Optional<Shadowing> shadowing() {
    return shadowing;
  }

  boolean done() {
    return blockNumber == grid.blocks();
  }

  int blockNumber() {
    return blockNumber;
  }

  /** Blocks that are decoded altogether. */
  int blocks() {
    return grid.blocks();
  }

  /** Steps made in this block, but for those that only store. */
  int blockStep() {
    return blockStep;
  }

  Block block() {
    return grid.block(blockNumber);
  }

  /** Tokens committed in this block. */
  int committed() {
    int start = Math.max(block().start(), canvas.promptLength());
    int end = block().end();
    return end - start - canvas.masks(start, end) - canvas.given(start, end);
  }

  /** Masks of the block that may be committed now, rising. */
  int[] eligible() {
    return shadowing.map(window -> window.candidates(canvas)).orElseGet(this::masksOfBlock);
  }

  /** Every mask of the canvas, rising. */
  int[] masks() {
    return IntStream.range(canvas.promptLength(), canvas.length()).filter(canvas::masked).toArray();
  }

  /** How many masks each block has that is to be decoded and has any, from this one on. */
  int[] masksOfBlocks() {
    return IntStream.range(blockNumber, grid.blocks())
        .map(number -> masksOfBlock(grid.block(number)).length)
        .filter(masks -> masks > 0)
        .toArray();
  }

  private int[] masksOfBlock() {
    return masksOfBlock(block());
  }

  private int[] masksOfBlock(Block block) {
    int end =
        switch (method.endOfSequence()) {
          case DECODE_ALL -> block.end();
          case STOP -> Math.min(block.end(), canvas.firstOf(traits.endOfSequenceToken()));
        };
    return IntStream.range(block.start(), Math.max(block.start(), end))
        .filter(canvas::masked)
        .toArray();
  }

  /**
   * Counts a step of a block that takes a least number of them; tells whether the block is over.
   *
   * @param counts whether the step belongs to the block's plan
   */
  boolean stepped(int leastSteps, boolean counts) {
    blockStep += counts ? 1 : 0;
    boolean finished = (blockStep >= leastSteps || !counts) && finished();
    if (finished) {
      leaveBlock();
    }
    return finished;
  }

  private boolean finished() {
    return shadowing
        .map(window -> window.finished(canvas))
        .orElseGet(() -> masksOfBlock().length == 0);
  }

  private void leaveBlock() {
    blockStep = 0;
    do {
      blockNumber++;
    } while (!done() && masksOfBlock().length == 0);
    if (!done()) {
      shadowing.ifPresent(window -> window.enter(block()));
    }
  }
}
