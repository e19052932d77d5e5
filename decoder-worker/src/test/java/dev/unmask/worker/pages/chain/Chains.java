package dev.unmask.worker.pages.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.unmask.page.BlockCausal;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.pages.SharingWorker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Chains whose bytes follow from the tokens up to a link's end, for tests. */
final class Chains {
  static final Map<String, byte[]> SECRETS =
      Map.of(
          "alice", "alice's secret".getBytes(UTF_8),
          "bob", "bob's secret".getBytes(UTF_8),
          "public", "a secret of all".getBytes(UTF_8));
  static final PageLayout LAYOUT = new PageLayout(ComputeType.FLOAT32, 3, 2, 16, 64);
  static final ChainTerms TERMS = terms("alice", () -> 8, PageEncoding.PAGE_ENCODING_AS_COMPUTED);

  private Chains() {}

  static ChainTerms terms(String namespace, BlockCausal family, PageEncoding encoding) {
    return terms(Owners.one(namespace), family, encoding);
  }

  static ChainTerms terms(Owners owners, BlockCausal family, PageEncoding encoding) {
    return new ChainTerms(owners, new byte[32], family, LAYOUT, encoding);
  }

  /** Tokens of so many links of 32. */
  static int[] tokens(int seed, int links) {
    return new Random(seed).ints(links * 32L, 0, 1000).toArray();
  }

  /** The first links of some tokens, then the first ones of others. */
  static int[] tokens(int[] first, int links, int[] then, int more) {
    return IntStream.concat(
            Arrays.stream(first).limit(links * 32L), Arrays.stream(then).limit(more * 32L))
        .toArray();
  }

  /** Keys and values that a forward leaves of links of tokens. */
  static StoredForward computed(ChainTerms terms, int[] tokens, int first, int end) {
    int length = terms.linkTokens();
    var span = StoredForward.allocate(LAYOUT, (end - first) * length, 0);
    int spans = length / 32;
    for (int link = first; link < end; link++) {
      int known = Arrays.hashCode(Arrays.copyOf(tokens, (link + 1) * length));
      for (int layer = 0; layer < LAYOUT.layers(); layer++) {
        for (int page = 0; page < spans; page++) {
          fill(span.page(layer, (link - first) * spans + page), known + 31 * layer + 1009 * page);
        }
      }
    }
    return span;
  }

  /** Whether what was found is what computing the tokens' first links gives. */
  static boolean right(Beginning beginning, ChainTerms terms, int... tokens) {
    try (var room = beginning.found().orElseThrow().room();
        var expected = computed(terms, tokens, 0, beginning.present())) {
      var found = room.content();
      boolean right = found.positions() == expected.positions();
      for (int layer = 0; layer < LAYOUT.layers(); layer++) {
        for (int span = 0; right && span < found.spans(); span++) {
          right = found.page(layer, span).equals(expected.page(layer, span));
        }
      }
      return right;
    }
  }

  static Beginning find(SharingWorker worker, int... tokens) {
    return find(worker, TERMS, tokens);
  }

  static Beginning find(SharingWorker worker, ChainTerms terms, int... tokens) {
    return findBeyond(0, worker, terms, tokens);
  }

  static Beginning findBeyond(int held, SharingWorker worker, ChainTerms terms, int... tokens) {
    var chain = worker.chains.chain(terms, tokens);
    int end = tokens.length + 1;
    IntFunction<Optional<Duration>> times =
        rows -> SharingWorker.FORWARD.map(all -> all.multipliedBy(rows).dividedBy(end));
    return worker.chains.find(chain, new PromptForward(end, held, times, times));
  }

  /** Links that are found, and right; gives up a lease. */
  static int links(SharingWorker worker, int... tokens) {
    return links(find(worker, tokens), TERMS, tokens);
  }

  static int links(Beginning beginning, ChainTerms terms, int... tokens) {
    beginning.lease().close();
    return beginning.found().isPresent() && right(beginning, terms, tokens)
        ? beginning.present()
        : 0;
  }

  private static void fill(ByteBuffer page, int seed) {
    var random = new Random(seed);
    while (page.hasRemaining()) {
      // Floats of usual size: encodings round them.
      page.putFloat((float) random.nextGaussian());
    }
  }
}
