package dev.unmask.worker.pages.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PageCodecTest {
  private static final int HEAD = 16;
  private static final int VECTORS = 2 * 3 * 5;

  @ParameterizedTest
  @EnumSource(ComputeType.class)
  void encode_asComputed_keepsEveryBit(ComputeType type) {
    var page = random(type);
    assertThat(back(PageEncoding.PAGE_ENCODING_AS_COMPUTED, type, page))
        .isEqualTo(page.toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void encode_brainFloat_halvesAndRoundsToEightBits() {
    var page = random(ComputeType.FLOAT32);
    var codec = codec(PageEncoding.PAGE_ENCODING_BFLOAT16, ComputeType.FLOAT32);
    assertThat(codec.encodedBytes((int) page.byteSize())).isEqualTo((int) page.byteSize() / 2);
    float[] expected = floats(ComputeType.FLOAT32, page);
    float[] decoded = decoded(PageEncoding.PAGE_ENCODING_BFLOAT16, ComputeType.FLOAT32, page);
    for (int i = 0; i < expected.length; i++) {
      assertThat(decoded[i]).isCloseTo(expected[i], within(Math.abs(expected[i]) / 256));
    }
  }

  @ParameterizedTest
  @EnumSource(ComputeType.class)
  void encode_int8_staysWithinHalfAStepOfEachVectorsScale(ComputeType type) {
    var page = random(type);
    float[] expected = floats(type, page);
    float[] decoded = decoded(PageEncoding.PAGE_ENCODING_INT8, type, page);
    for (int vector = 0; vector < VECTORS; vector++) {
      float most = 0;
      for (int i = vector * HEAD; i < (vector + 1) * HEAD; i++) {
        most = Math.max(most, Math.abs(expected[i]));
      }
      float slack = type == ComputeType.BFLOAT16 ? most / 256 : most * 1e-6f;
      for (int i = vector * HEAD; i < (vector + 1) * HEAD; i++) {
        assertThat(decoded[i]).isCloseTo(expected[i], within(most / 127 / 2 + slack));
      }
    }
  }

  @Test
  void encode_int8_takesAByteAnElementAndAScaleAVector() {
    var codec = codec(PageEncoding.PAGE_ENCODING_INT8, ComputeType.BFLOAT16);
    assertThat(codec.encodedBytes(VECTORS * HEAD * 2)).isEqualTo(VECTORS * (HEAD + 4));
  }

  @Test
  void encode_int8OfZerosAndOfNotFinite_isZerosAndNotANumber() {
    float[] elements = new float[VECTORS * HEAD];
    elements[HEAD] = Float.POSITIVE_INFINITY;
    elements[2 * HEAD + 1] = Float.NaN;
    float[] decoded =
        decoded(
            PageEncoding.PAGE_ENCODING_INT8, ComputeType.FLOAT32, MemorySegment.ofArray(elements));
    assertThat(decoded).startsWith(new float[HEAD]);
    assertThat(decoded[HEAD]).isNaN();
    assertThat(decoded[2 * HEAD + 1]).isNaN();
    assertThat(decoded[3 * HEAD]).isZero();
  }

  @Test
  void round_halves_goToTheEvenNeighbour() {
    assertThat(BrainFloat.round(Float.intBitsToFloat(0x3F808000))).isEqualTo((short) 0x3F80);
    assertThat(BrainFloat.round(Float.intBitsToFloat(0x3F818000))).isEqualTo((short) 0x3F82);
    assertThat(BrainFloat.widen(BrainFloat.round(Float.NaN))).isNaN();
    assertThat(BrainFloat.widen(BrainFloat.round(Float.NEGATIVE_INFINITY)))
        .isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void canonical_sameBytes_haveOneName() {
    assertThat(PageCodec.canonical(PageEncoding.PAGE_ENCODING_BFLOAT16, ComputeType.BFLOAT16))
        .isEqualTo(PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    assertThat(PageCodec.canonical(PageEncoding.PAGE_ENCODING_UNSPECIFIED, ComputeType.FLOAT32))
        .isEqualTo(PageEncoding.PAGE_ENCODING_AS_COMPUTED);
    assertThat(PageCodec.canonical(PageEncoding.PAGE_ENCODING_BFLOAT16, ComputeType.FLOAT32))
        .isEqualTo(PageEncoding.PAGE_ENCODING_BFLOAT16);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec(PageEncoding.UNRECOGNIZED, ComputeType.FLOAT32));
  }

  private static PageCodec codec(PageEncoding encoding, ComputeType type) {
    return PageCodec.of(encoding, new PageLayout(type, 1, 3, HEAD, 48));
  }

  private static MemorySegment random(ComputeType type) {
    var random = new Random(7);
    float[] elements = new float[VECTORS * HEAD];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(4) - 2));
    }
    var page = MemorySegment.ofArray(new byte[elements.length * type.bytes()]);
    Elements.of(type).write(elements, page, 0);
    return page;
  }

  private static byte[] back(PageEncoding encoding, ComputeType type, MemorySegment page) {
    var codec = codec(encoding, type);
    var encoded = MemorySegment.ofArray(new byte[codec.encodedBytes((int) page.byteSize())]);
    codec.encode(page, encoded);
    byte[] decoded = new byte[(int) page.byteSize()];
    codec.decode(encoded, MemorySegment.ofArray(decoded));
    return decoded;
  }

  private static float[] decoded(PageEncoding encoding, ComputeType type, MemorySegment page) {
    return floats(type, MemorySegment.ofArray(back(encoding, type, page)));
  }

  private static float[] floats(ComputeType type, MemorySegment page) {
    float[] elements = new float[VECTORS * HEAD];
    Elements.of(type).read(page, 0, elements);
    return elements;
  }
}
