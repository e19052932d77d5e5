package dev.unmask.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageRecordTest {
  private static final PageKey KEY = key(7);

  @Test
  void open_sealedRecord_givesThePayload() {
    var record = record(100);

    var payload = PageRecord.open(KEY, record).orElseThrow();

    assertThat(payload.capacity()).isEqualTo(100);
    assertThat(payload.get(99)).isEqualTo((byte) 99);
  }

  @Test
  void open_otherKey_isEmpty() {
    assertThat(PageRecord.open(key(8), record(100))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 8, 11, 16, 47, 48, 147})
  void open_oneBitFlipped_isEmpty(int position) {
    var record = record(100);
    record.put(position, (byte) (record.get(position) ^ 0x10));

    assertThat(PageRecord.open(KEY, record)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 48, 147})
  void open_cutShort_isEmpty(int length) {
    assertThat(PageRecord.open(KEY, record(100).slice(0, length))).isEmpty();
  }

  @Test
  void open_emptyPayload_isEmptyPayload() {
    assertThat(PageRecord.open(KEY, record(0)))
        .hasValueSatisfying(payload -> assertThat(payload.capacity()).isZero());
  }

  @Test
  void header_ofPayloadElsewhere_isTheSealedRecordsHeader() {
    var record = record(100);

    var header = PageRecord.header(KEY, record.slice(PageRecord.HEADER_BYTES, 100));

    assertThat(header).isEqualTo(record.slice(0, PageRecord.HEADER_BYTES));
  }

  @Test
  void matches_payloadOfAnotherPage_isFalse() {
    var payload = ByteBuffer.allocate(100);
    var header = PageRecord.header(KEY, payload);

    assertThat(PageRecord.matches(KEY, header, payload)).isTrue();
    assertThat(PageRecord.matches(KEY, header, payload.put(0, (byte) 1))).isFalse();
  }

  private static ByteBuffer record(int payload) {
    var record = ByteBuffer.allocateDirect(PageRecord.HEADER_BYTES + payload);
    for (int i = 0; i < payload; i++) {
      record.put(PageRecord.HEADER_BYTES + i, (byte) i);
    }
    PageRecord.seal(KEY, record);
    return record;
  }

  private static PageKey key(int first) {
    byte[] digest = new byte[PageKey.BYTES];
    digest[0] = (byte) first;
    return PageKey.of(digest);
  }
}
