package dev.unmask.worker.pages.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageLocation;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One slab of three slots, written by hand; the page is in slot 1. */
final class MappedSlabTest {
  private static final int SLOT = 100_000;
  private static final int STRIDE = 128;
  private static final int LENGTH = 90_000;
  private static final long GENERATION = 7;
  private static final PageKey KEY = PageKey.of(new byte[PageKey.BYTES]);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final PageLocation HERE =
      PageLocation.newBuilder().setSlot(1).setLength(LENGTH).setGeneration(GENERATION).build();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment pages = arena.allocate(3L * SLOT);
  private final MemorySegment headers = arena.allocate(3L * STRIDE, 8);
  private final MappedSlab slab = new MappedSlab(pages, headers, SLOT, STRIDE);
  private final NamedPage page =
      new NamedPage(KEY, ByteBuffer.allocateDirect(LENGTH - PageRecord.HEADER_BYTES));

  @BeforeEach
  void write() {
    var record = pages.asSlice(SLOT, LENGTH).asByteBuffer();
    for (int i = 0; i < LENGTH; i++) {
      record.put(i, (byte) (i * 31));
    }
    PageRecord.seal(KEY, record);
    headers.set(INT, STRIDE, 0x314C5355);
    headers.set(INT, STRIDE + 16, (int) GENERATION);
  }

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void copy_soundPage_isThere() {
    assertThat(slab.copy(HERE, page)).isTrue();
    assertThat(page.payload())
        .isEqualTo(
            pages
                .asSlice(SLOT + PageRecord.HEADER_BYTES, page.payload().capacity())
                .asByteBuffer());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherPlaces")
  void copy_placeThatIsNotThePage_isRefused(
      String what, UnaryOperator<PageLocation.Builder> change) {
    assertThat(slab.copy(change.apply(HERE.toBuilder()).build(), page)).as(what).isFalse();
  }

  static Stream<Arguments> otherPlaces() {
    return Stream.of(
        place("another write", at -> at.setGeneration(GENERATION + 1)),
        place("a free slot", at -> at.setSlot(0).setGeneration(0)),
        place("a slot behind the last", at -> at.setSlot(3)),
        place("a slot below zero", at -> at.setSlot(-1)),
        place("a slot far away", at -> at.setSlot(Integer.MAX_VALUE)),
        place("another length", at -> at.setLength(LENGTH - 1)),
        place("no length", PageLocation.Builder::clearLength));
  }

  private static Arguments place(String what, UnaryOperator<PageLocation.Builder> change) {
    return Arguments.of(what, change);
  }

  @Test
  void copy_recordOfAnotherName_isRefused() {
    byte[] other = new byte[PageKey.BYTES];
    other[3] = 1;

    assertThat(slab.copy(HERE, new NamedPage(PageKey.of(other), page.payload()))).isFalse();
  }

  @Test
  void copy_anyFlippedByteOfAThousand_isRefused() {
    for (int i = 0; i < 1000; i++) {
      // All of the header but its padding, then all over the payload.
      long at = SLOT + (i < 12 ? i : i < 44 ? i + 4 : 48 + (i - 44) * 94L);
      byte was = pages.get(ValueLayout.JAVA_BYTE, at);
      pages.set(ValueLayout.JAVA_BYTE, at, (byte) (was ^ 4));
      assertThat(slab.copy(HERE, page)).as("byte %d", at - SLOT).isFalse();
      pages.set(ValueLayout.JAVA_BYTE, at, was);
    }
    assertThat(slab.copy(HERE, page)).isTrue();
  }
}
