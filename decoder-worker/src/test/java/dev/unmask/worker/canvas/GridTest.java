package dev.unmask.worker.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void block_behindThePrompt_beginsWhereItEnds() {
    var grid = Grid.behind(6, 4, 14);

    assertThat(grid.blocks()).isEqualTo(2);
    assertThat(grid.block(0)).isEqualTo(new Block(0, 6, 10));
    assertThat(grid.block(1)).isEqualTo(new Block(1, 10, 14));
  }

  @Test
  void block_aligned_liesAtMultiplesOfItsLength() {
    var grid = Grid.aligned(6, 4, 14);

    assertThat(grid.blocks()).isEqualTo(3);
    assertThat(grid.block(0)).isEqualTo(new Block(0, 4, 8));
    assertThat(grid.block(1)).isEqualTo(new Block(1, 8, 12));
    assertThat(grid.block(2)).as("cut by the canvas's end").isEqualTo(new Block(2, 12, 14));
  }

  @Test
  void block_promptOfWholeBlocks_beginsBehindIt() {
    assertThat(Grid.aligned(8, 4, 12).block(0)).isEqualTo(new Block(0, 8, 12));
    assertThat(Grid.aligned(3, 4, 5).blocks()).isEqualTo(2);
  }

  @Test
  void grid_nothingToDecode_isRefused() {
    assertThatThrownBy(() -> Grid.behind(8, 4, 8)).isInstanceOf(IllegalArgumentException.class);
  }
}
