package dev.unmask.worker.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.engine.program.ComputeType;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FetchMemoryTest {
  private static final PageLayout LAYOUT = new PageLayout(ComputeType.FLOAT32, 2, 4, 16, 64);

  private final FetchMemory memory = new FetchMemory(HostMemory::unpinned);

  private StoredForward allocate(int positions) {
    return memory.allocate(new Need(LAYOUT, positions, 8));
  }

  private static long address(StoredForward forward) {
    return MemorySegment.ofBuffer(forward.page(0, 0)).address();
  }

  @Test
  void allocate_afterClose_usesTheSameMemory() {
    var first = allocate(64);
    long address = address(first);
    first.close();
    assertThat(address(allocate(64))).isEqualTo(address);
  }

  @Test
  void allocate_whileInUse_takesOther() {
    assertThat(address(allocate(64))).isNotEqualTo(address(allocate(64)));
  }

  @Test
  void allocate_tooLargeOrMuchSmaller_takesOther() {
    var first = allocate(64);
    long address = address(first);
    first.close();
    assertThat(address(allocate(96))).isNotEqualTo(address);
    assertThat(address(allocate(1))).isNotEqualTo(address);
    assertThat(address(allocate(40))).isEqualTo(address);
  }

  @Test
  void close_moreThanAreKept_forgetsTheOldest() {
    var forwards =
        IntStream.rangeClosed(0, Limits.PAGE_FETCH_IDLE).mapToObj(_ -> allocate(64)).toList();
    long oldest = address(forwards.getFirst());
    forwards.forEach(StoredForward::close);
    for (int i = 0; i < Limits.PAGE_FETCH_IDLE; i++) {
      assertThat(address(allocate(64))).isNotEqualTo(oldest);
    }
  }

  @Test
  void allocate_views_doNotOverlap() {
    var forward = allocate(33);
    forward.predictions().put(0, (byte) 1);
    forward.page(0, 0).put(0, (byte) 2);
    forward.page(1, 1).put(0, (byte) 3);
    assertThat(forward.predictions().get(0)).isEqualTo((byte) 1);
    assertThat(forward.page(0, 0).get(0)).isEqualTo((byte) 2);
    assertThat(forward.page(1, 1).get(0)).isEqualTo((byte) 3);
    assertThat(forward.predictions().capacity()).isEqualTo(LAYOUT.predictionBytes(8));
  }
}
