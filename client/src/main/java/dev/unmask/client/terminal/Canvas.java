package dev.unmask.client.terminal;

import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The generated part of a canvas at one moment. Immutable: every event makes a new one.
 *
 * @param start canvas position of the first cell; the prompt left of it is never drawn
 * @param blockLength cells a block
 * @param cells one a generated position
 * @param block number of the block being decoded, from 0
 * @param steps steps made so far
 */
public record Canvas(int start, int blockLength, List<Cell> cells, int block, int steps) {
  public Canvas {
    cells = List.copyOf(cells);
  }

  /** All masks. */
  public static Canvas of(Opened opened) {
    List<Cell> masks = Collections.nCopies(opened.getGenerationLength(), new Cell.Mask());
    return new Canvas(opened.getPromptTokens(), opened.getBlockLength(), masks, 0, 0);
  }

  /** The canvas after a step. Positions outside the generated part are ignored. */
  public Canvas after(StepDelta delta) {
    var next = new ArrayList<>(cells);
    for (int position : delta.getRevokedList()) {
      put(next, position, new Cell.Mask());
    }
    for (Commit commit : delta.getCommitsList()) {
      var token = new Cell.Token(commit.getPiece(), commit.getConfidence(), delta.getStep());
      put(next, commit.getPosition(), token);
    }
    return new Canvas(start, blockLength, next, delta.getBlock(), delta.getStep() + 1);
  }

  /** Cells that are tokens. */
  public int known() {
    return (int) cells.stream().filter(Cell.Token.class::isInstance).count();
  }

  /** Blocks altogether. */
  public int blocks() {
    return (cells.size() + blockLength - 1) / blockLength;
  }

  private void put(List<Cell> into, int position, Cell cell) {
    int index = position - start;
    if (index >= 0 && index < into.size()) {
      into.set(index, cell);
    }
  }
}
