package dev.unmask.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.page.ShallowContext.Donor;
import dev.unmask.type.v1.PageEncoding;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which contexts share names, and which cannot be made at all. */
final class SharedContextTest {
  private static final byte[] PROGRAM = {1, 2, 3};
  private static final int[] TOKENS = IntStream.range(100, 164).toArray();
  private static final byte[] SECRET = "secret".getBytes(UTF_8);
  private static final PageEncoding PLAIN = PageEncoding.PAGE_ENCODING_AS_COMPUTED;
  private static final BlockCausal FOUR = () -> 4;

  @Test
  void modes_inTheType_areTheContractsModes() {
    assertThat(SharedContext.class.getPermittedSubclasses())
        .containsExactly(
            ExactContext.class, RetainedContext.class, ShallowContext.class, BlockChain.class);
  }

  @Test
  void names_sameShallowContext_areTheSame() {
    assertThat(key(shallow())).isEqualTo(key(shallow()));
  }

  @Test
  void names_anyFieldOfAShallowContextChanged_differ() {
    var chain = PrefixChain.of(TOKENS, 32);
    int[] other = TOKENS.clone();
    other[0] = 7;
    var lower = new LowerLayers(2, 8);
    var usual = GenerationClass.of(128);
    var keys =
        List.of(
            key(shallow()),
            key(new ShallowContext(new byte[] {9}, chain, lower, usual, Donor.REQUEST, PLAIN)),
            key(shallow(PrefixChain.of(other, 32))),
            key(shallow(PrefixChain.of(Arrays.copyOf(TOKENS, 32), 32))),
            key(shallow(PrefixChain.of(TOKENS, 64))),
            key(shallow(new LowerLayers(1, 8))),
            key(shallow(new LowerLayers(2, 9))),
            key(shallow(GenerationClass.of(129))),
            key(new ShallowContext(PROGRAM, chain, lower, usual, Donor.CANONICAL, PLAIN)),
            key(
                new ShallowContext(
                    PROGRAM,
                    chain,
                    lower,
                    usual,
                    Donor.REQUEST,
                    PageEncoding.PAGE_ENCODING_BFLOAT16)),
            shallow().names("b", SECRET).state(0, 0),
            shallow().names("a", "other".getBytes(UTF_8)).state(0, 0),
            key(new ExactContext(PROGRAM, TOKENS, 128)),
            key(BlockChain.first(PROGRAM, () -> 64, PLAIN, TOKENS)));

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
  }

  @Test
  void names_anythingChangedOfWhatWasRetained_differ() {
    int[] other = TOKENS.clone();
    other[63] = 7;
    var keys =
        List.of(
            key(retained(TOKENS, 128, 64, 72, 92, 3)),
            key(retained(other, 128, 64, 72, 92, 3)),
            key(retained(TOKENS, 64, 64, 72, 92, 3)),
            key(retained(TOKENS, 128, 63, 72, 92, 3)),
            key(retained(TOKENS, 128, 64, 80, 92, 3)),
            key(retained(TOKENS, 128, 64, 72, 91, 3)),
            key(retained(TOKENS, 128, 64, 72, 92, 5)),
            key(new ExactContext(PROGRAM, TOKENS, 128)),
            retained(TOKENS, 128, 64, 72, 92, 3).names("b", SECRET).state(0, 0));
    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    assertThat(key(retained(TOKENS.clone(), 128, 64, 72, 92, 3))).isEqualTo(keys.getFirst());
  }

  private static RetainedContext retained(int[] prompt, int generation, int... retention) {
    return new RetainedContext(
        PROGRAM,
        prompt,
        generation,
        new RetainedContext.Retention(retention[0], retention[1], retention[2], retention[3]));
  }

  @Test
  void shallow_allLayersOrNone_cannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LowerLayers(8, 8))
        .withMessageContaining("1 to 7 of 8");
    assertThatIllegalArgumentException().isThrownBy(() -> new LowerLayers(0, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> new LowerLayers(1, 1));
  }

  @Test
  void shallow_prefixNotInWholeSpans_cannotBeMade() {
    var short31 = PrefixChain.of(Arrays.copyOf(TOKENS, 31), 31);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shallow(short31))
        .withMessageContaining("31 tokens");
    assertThatIllegalArgumentException().isThrownBy(() -> shallow(PrefixChain.start()));
    assertThatIllegalArgumentException().isThrownBy(() -> PrefixChain.of(TOKENS, 48));
  }

  @Test
  void generationClass_lengths_endAtPowersOfTwo() {
    assertThat(IntStream.of(1, 64, 65, 128, 129, 256, 4096).map(n -> GenerationClass.of(n).most()))
        .containsExactly(64, 64, 128, 128, 256, 256, 4096);
    assertThatIllegalArgumentException().isThrownBy(() -> GenerationClass.of(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new GenerationClass(96));
  }

  @Test
  void blockChain_sameTokensInOrder_hasOneName() {
    var one = BlockChain.first(PROGRAM, FOUR, PLAIN, link(1)).then(link(2));
    var same = BlockChain.first(PROGRAM, FOUR, PLAIN, link(1)).then(link(2));
    assertThat(key(one)).isEqualTo(key(same));
    assertThat(one.tokens()).isEqualTo(64);
  }

  @Test
  void states_allLayersAndSpans_areNamedAsOneByOne() {
    var names = shallow().names("a", SECRET);

    assertThat(names.states(2, 3))
        .containsExactly(
            names.state(0, 0),
            names.state(0, 1),
            names.state(0, 2),
            names.state(1, 0),
            names.state(1, 1),
            names.state(1, 2));
    assertThat(names.states(2, 0)).isEmpty();
  }

  @Test
  void blockChain_anythingChanged_hasAnotherName() {
    var first = BlockChain.first(PROGRAM, FOUR, PLAIN, link(1));
    var keys =
        List.of(
            key(first),
            key(first.then(link(1))),
            key(first.then(link(1)).then(link(1))),
            key(BlockChain.first(PROGRAM, FOUR, PLAIN, link(5))),
            key(BlockChain.first(PROGRAM, FOUR, PLAIN, link(5)).then(link(1))),
            key(BlockChain.first(new byte[] {4}, FOUR, PLAIN, link(1))),
            key(BlockChain.first(PROGRAM, FOUR, PageEncoding.PAGE_ENCODING_INT8, link(1))),
            key(BlockChain.first(PROGRAM, () -> 2, PLAIN, link(1))),
            first.names("b", SECRET).state(0, 0));

    assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
  }

  @Test
  void blockChain_partOfALink_cannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockChain.first(PROGRAM, FOUR, PLAIN, 1, 2, 3, 4))
        .withMessageContaining("32 tokens, not 4");
  }

  @Test
  void linkTokens_blockLengths_areWholeBlocksAndWholePages() {
    assertThat(IntStream.of(1, 4, 16, 32, 64, 96).map(SharedContextTest::linkTokens))
        .containsExactly(32, 32, 32, 32, 64, 96);
    for (int length : new int[] {0, 3, 24, 48, 100}) {
      assertThatIllegalArgumentException().isThrownBy(() -> linkTokens(length));
    }
  }

  private static int linkTokens(int blockLength) {
    BlockCausal family = () -> blockLength;
    return family.linkTokens();
  }

  private static int[] link(int first) {
    return IntStream.range(first, first + 32).toArray();
  }

  private static ShallowContext shallow() {
    return shallow(PrefixChain.of(TOKENS, 32));
  }

  private static ShallowContext shallow(PrefixChain prefix) {
    return new ShallowContext(
        PROGRAM, prefix, new LowerLayers(2, 8), GenerationClass.of(128), Donor.REQUEST, PLAIN);
  }

  private static ShallowContext shallow(LowerLayers lower) {
    var prefix = PrefixChain.of(TOKENS, 32);
    var usual = GenerationClass.of(128);
    return new ShallowContext(PROGRAM, prefix, lower, usual, Donor.REQUEST, PLAIN);
  }

  private static ShallowContext shallow(GenerationClass generation) {
    var prefix = PrefixChain.of(TOKENS, 32);
    var lower = new LowerLayers(2, 8);
    return new ShallowContext(PROGRAM, prefix, lower, generation, Donor.REQUEST, PLAIN);
  }

  private static PageKey key(SharedContext context) {
    return context.names("a", SECRET).state(0, 0);
  }
}
