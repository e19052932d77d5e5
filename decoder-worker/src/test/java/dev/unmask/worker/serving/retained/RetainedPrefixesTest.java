package dev.unmask.worker.serving.retained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.contract.Limits;
import dev.unmask.prompt.Pieces;
import dev.unmask.worker.engine.KvPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetainedPrefixesTest {
  private static final int CAPACITY = 512;
  private static final String OURS = "ours";

  private final KvPool pool = new KvPool(CAPACITY);
  private final Holdings holdings = new Holdings();
  private final RetainedPrefixes retained = new RetainedPrefixes(pool, 1, 32, holdings);
  private final List<String> copies = new ArrayList<>();

  @Test
  void longest_commonBeginning_isWholeSpansOfIt() {
    close(OURS, tokens(1, 128));
    int[] wanted = tokens(1, 160);
    wanted[100] = 7;
    assertThat(found(OURS, wanted)).isEqualTo(96);
    wanted[31] = 7;
    assertThat(retained.longest(OURS, wanted)).isEmpty();
    assertThat(found(OURS, tokens(1, 70))).isEqualTo(64);
    assertThat(retained.longest(OURS, tokens(1, 31))).isEmpty();
    assertThat(retained.longest(OURS)).isEmpty();
  }

  @Test
  void longest_otherNamespace_isNothing() {
    close(OURS, tokens(1, 128));
    assertThat(retained.longest("theirs", tokens(1, 128))).isEmpty();
    assertThat(found(OURS, tokens(1, 128))).isEqualTo(128);
  }

  @Test
  void longest_branchesOfOneBeginning_isTheBestOfThem() {
    close(OURS, branch(64, 2));
    close(OURS, branch(96, 3));
    close(OURS, branch(32, 4));
    assertThat(retained.size()).isEqualTo(3);
    assertThat(found(OURS, branch(96, 3))).isEqualTo(128);
    assertThat(found(OURS, branch(64, 2))).isEqualTo(128);
    assertThat(found(OURS, branch(64, 9))).isEqualTo(64);
    assertThat(found(OURS, branch(96, 9))).isEqualTo(96);
  }

  @Test
  void copy_whatIsThere_copiesFromItsSlots() {
    close(OURS, tokens(1, 64));
    close(OURS, tokens(2, 64));
    var found = retained.longest(OURS, tokens(2, 40)).orElseThrow();
    assertThat(copy(found)).isEqualTo(32);
    assertThat(copies).containsExactly("64+32");
    assertThat(retained.counts().hits()).isEqualTo(1);
    assertThat(retained.counts().positionsCopied()).isEqualTo(32);
  }

  @Test
  void copy_givenUpMeanwhile_copiesNothing() {
    close(OURS, tokens(1, 64));
    var found = retained.longest(OURS, tokens(1, 64)).orElseThrow();
    var run = pool.take(CAPACITY).orElseThrow();
    assertThat(copy(found)).isZero();
    assertThat(copies).isEmpty();
    assertThat(retained.longest(OURS, tokens(1, 64))).isEmpty();
    assertThat(retained.counts().lostHits()).isEqualTo(1);
    assertThat(retained.counts().givenUpPrefixes()).isEqualTo(1);
    pool.give(run);
    close(OURS, tokens(2, 64));
    assertThat(copy(found)).as("another one in the same place").isZero();
  }

  @Test
  void retain_longerOne_replacesItsBeginnings() {
    close(OURS, tokens(1, 64));
    close("theirs", tokens(1, 64));
    close(OURS, tokens(1, 96));
    assertThat(retained.size()).isEqualTo(2);
    assertThat(pool.retained()).isEqualTo(96 + 64);
    assertThat(found(OURS, tokens(1, 96))).isEqualTo(96);
    assertThat(found("theirs", tokens(1, 96))).isEqualTo(64);
  }

  @Test
  void retain_whatIsThereAlready_keepsNoSecondCopy() {
    close(OURS, tokens(1, 96));
    close(OURS, tokens(2, 96));
    close(OURS, tokens(1, 64));
    close(OURS, tokens(1, 100));
    assertThat(retained.size()).isEqualTo(2);
    assertThat(pool.retained()).isEqualTo(2 * 96);
    assertThat(pool.take(CAPACITY - 96)).isPresent();
    assertThat(found(OURS, tokens(1, 96))).as("used last").isEqualTo(96);
  }

  @Test
  void retain_nothingStored_isNothing() {
    close(OURS, tokens(1, 31));
    close(OURS);
    assertThat(retained.size()).isZero();
    assertThat(pool.retained()).isZero();
    assertThat(pool.used()).isZero();
  }

  @Test
  void retain_moreThanItsShare_keepsTheBeginning() {
    var pool = new KvPool(CAPACITY);
    var half = new RetainedPrefixes(pool, 0.5, 64, holdings);
    var run = pool.take(448).orElseThrow();
    half.retain(OURS, run, tokens(1, 448), Pieces.none());
    pool.give(run);
    assertThat(pool.retained()).isEqualTo(256);
    assertThat(half.longest(OURS, tokens(1, 448)).orElseThrow().positions()).isEqualTo(256);
    assertThat(half.longest(OURS, tokens(1, 100)).orElseThrow().positions()).isEqualTo(64);
  }

  @Test
  void retain_manyPrefixes_areBounded() {
    var pool = new KvPool(32 * 2 * Limits.RETAINED_PREFIXES);
    var many = new RetainedPrefixes(pool, 1, 32, holdings);
    for (int i = 0; i <= Limits.RETAINED_PREFIXES; i++) {
      var run = pool.take(32).orElseThrow();
      many.retain(OURS, run, tokens(i, 32), Pieces.none());
      pool.give(run);
    }
    assertThat(many.size()).isEqualTo(Limits.RETAINED_PREFIXES);
    assertThat(many.longest(OURS, tokens(0, 32))).isEmpty();
    assertThat(many.longest(OURS, tokens(1, 32))).isPresent();
  }

  @Test
  void holdings_followWhatIsRetained() {
    close(OURS, new Pieces(List.of(1L, 2L, 3L)), tokens(1, 64));
    close(OURS, new Pieces(List.of(1L, 2L, 4L)), tokens(2, 64));
    var heard = new HeardHoldings();
    holdings.tell(heard);
    assertThat(heard.held()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    assertThat(pool.take(CAPACITY - 128)).isPresent();
    assertThat(pool.take(64)).isPresent();
    assertThat(heard.told()).containsExactly("dropped [3]");
    close(OURS, new Pieces(List.of(5L)), tokens(3, 64));
    assertThat(heard.held()).containsExactlyInAnyOrder(5L);
  }

  @Test
  void holdings_longerOne_losesNothingOnTheWay() {
    close(OURS, new Pieces(List.of(1L, 2L)), tokens(1, 64));
    var heard = new HeardHoldings();
    holdings.tell(heard);
    close(OURS, new Pieces(List.of(1L, 2L, 3L)), tokens(1, 96));
    assertThat(heard.told()).containsExactly("stored [3]");
    holdings.leave(heard);
    close(OURS, new Pieces(List.of(9L)), tokens(4, 64));
    assertThat(heard.held()).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void source_anyBlockLength_spansWholePagesAndBlocks() {
    assertThat(IntStream.of(4, 32, 64, 24).map(block -> source(block).span()))
        .containsExactly(32, 32, 64, 96);
    assertThat(Retention.of(0, List.of(source(32))).of("mini")).isEmpty();
    assertThat(Retention.of(0.5, List.of(source(32))).of("mini")).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetainedPrefixes(pool, 1.5, 32, holdings));
  }

  private Retention.Source source(int block) {
    return new Retention.Source("mini", pool, block);
  }

  private void close(String namespace, int... tokens) {
    close(namespace, Pieces.none(), tokens);
  }

  /** A request that stored these tokens. */
  private void close(String namespace, Pieces pieces, int... tokens) {
    var run = pool.take(tokens.length).orElseThrow();
    retained.retain(namespace, run, tokens, pieces);
    pool.give(run);
  }

  private int found(String namespace, int... tokens) {
    return retained.longest(namespace, tokens).orElseThrow().positions();
  }

  private int copy(RetainedPrefixes.Found found) {
    return retained.copy(found, (from, count) -> copies.add(from + "+" + count));
  }

  private static int[] tokens(int first, int count) {
    return IntStream.range(0, count).map(i -> i == 0 ? 1000 + first : i).toArray();
  }

  /** 128 tokens that leave a common path. */
  private static int[] branch(int at, int number) {
    int[] tokens = tokens(1, 128);
    Arrays.fill(tokens, at, 128, 2000 + number);
    return tokens;
  }
}
