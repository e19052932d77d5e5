package dev.unmask.cache;

import static dev.unmask.cache.RunningCache.NAMESPACE;
import static dev.unmask.cache.RunningCache.chunks;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.GetStatisticsRequest;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.ReportPagesRequest;
import dev.unmask.pagecache.v1.WritePagesRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand stored pages are damaged under a running service, 250 in each of four ways. */
final class DamagedPagesTest {
  private static final long SEED = 20261122;
  private static final int LENGTH = 16_000;
  private static final int SLOT = 20 << 10;
  private static final int DAMAGED = 1000;
  private static final int SOUND = 200;

  @TempDir private Path directory;
  private final Random random = new Random(SEED);
  private final Map<PageKey, Long> offsets = new HashMap<>();

  @Test
  void readers_damagedPages_detectAllAndTheStoreTakesThemAway() throws Exception {
    try (var cache = RunningCache.in(directory)) {
      write(cache);
      damage();
      assertThat(soundPages(cache)).containsExactlyElementsOf(numbers(DAMAGED, DAMAGED + SOUND));

      assertThat(report(cache, numbers(0, DAMAGED + SOUND))).isEqualTo(DAMAGED);

      assertThat(report(cache, numbers(0, DAMAGED + SOUND))).isZero();
      assertThat(statistics(cache)).isEqualTo(DAMAGED);
      assertThat(soundPages(cache)).containsExactlyElementsOf(numbers(DAMAGED, DAMAGED + SOUND));
      write(cache);
      assertThat(soundPages(cache)).containsExactlyElementsOf(numbers(0, DAMAGED + SOUND));
    }
  }

  private static void write(RunningCache cache) throws Exception {
    var pages = new ArrayList<WritePagesRequest>();
    for (long number = 0; number < DAMAGED + SOUND; number++) {
      pages.addAll(chunks(Pages.key(number), Pages.record(number, LENGTH)));
    }
    assertThat(Writing.write(cache, pages).getRefused()).isZero();
  }

  private void damage() throws IOException {
    try (var slab =
        FileChannel.open(
            directory.resolve("slab-0.pages"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      findRecords(slab);
      for (long number = 0; number < 250; number++) {
        slab.write(Pages.record(5000 + number, LENGTH), offset(number));
      }
      for (long number = 250; number < 500; number++) {
        int kept = PageRecord.HEADER_BYTES + random.nextInt(LENGTH - 1000);
        slab.write(ByteBuffer.allocate(LENGTH - kept), offset(number) + kept);
      }
      for (long number = 500; number < 750; number += 2) {
        slab.write(Pages.record(number, LENGTH), offset(number + 1));
        slab.write(Pages.record(number + 1, LENGTH), offset(number));
      }
      for (long number = 750; number < 1000; number++) {
        flipOneBit(slab, offset(number) + 16 + random.nextInt(LENGTH - 16));
      }
    }
  }

  private void flipOneBit(FileChannel slab, long at) throws IOException {
    var one = ByteBuffer.allocate(1);
    assertThat(slab.read(one, at)).isEqualTo(1);
    one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8))));
    slab.write(one.rewind(), at);
  }

  private long offset(long number) {
    return offsets.get(Pages.key(number));
  }

  private void findRecords(FileChannel slab) throws IOException {
    for (long at = 0; at < slab.size(); at += SLOT) {
      var header = ByteBuffer.allocate(PageRecord.HEADER_BYTES);
      slab.read(header, at);
      if (header.getInt(0) != 0) {
        byte[] key = new byte[PageKey.BYTES];
        header.get(16, key);
        offsets.put(PageKey.of(key), at);
      }
    }
  }

  /** As a worker reads: which pages pass its check. */
  private static List<Long> soundPages(RunningCache cache) {
    var numbers = LongStream.range(0, DAMAGED + SOUND).toArray();
    var sound = new ArrayList<Long>();
    cache
        .calls()
        .readPages(RunningCache.read(numbers))
        .forEachRemaining(answer -> {
          if (isSound(answer)) {
            sound.add((long) answer.getKeyIndex());
          }
        });
    return sound;
  }

  private static boolean isSound(ReadPagesResponse page) {
    ByteString data = page.getData();
    return !page.getMissing()
        && PageRecord.open(Pages.key(page.getKeyIndex()), data.asReadOnlyByteBuffer()).isPresent();
  }

  private static int report(RunningCache cache, List<Long> numbers) {
    var request = ReportPagesRequest.newBuilder().setNamespace(NAMESPACE);
    numbers.forEach(number -> request.addKeys(Pages.key(number).toMessage()));
    return cache.calls().reportPages(request.build()).getQuarantined();
  }

  private static long statistics(RunningCache cache) {
    return PageCacheAdminServiceGrpc.newBlockingStub(cache.channel())
        .getStatistics(GetStatisticsRequest.getDefaultInstance())
        .getQuarantined();
  }

  private static List<Long> numbers(long first, long end) {
    return LongStream.range(first, end).boxed().toList();
  }
}
