package dev.unmask.worker.pages.chain;

import dev.unmask.contract.Limits;
import dev.unmask.page.BlockChain;
import dev.unmask.page.PageNames;
import dev.unmask.worker.pages.State;
import dev.unmask.worker.pages.placement.Home;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * The whole links of leading tokens, named for one namespace. A link's name follows from all tokens
 * up to its end, so chains share the links of a common beginning and no others. Links are at home
 * in runs of {@link Limits#CHAIN_RUN_LINKS}, where the name of a run's first link leads to, so that
 * one call finds a run and one reads it. A value.
 */
public final class Chain {
  private final ChainTerms terms;
  private final List<State> links;

  private Chain(ChainTerms terms, List<State> links) {
    this.terms = terms;
    this.links = List.copyOf(links);
  }

  /**
   * Names links.
   *
   * @param secret of the namespace
   * @param tokens from position 0; those behind the last whole link do not count
   */
  static Chain of(ChainTerms terms, byte[] secret, int... tokens) {
    int length = terms.linkTokens();
    var names = new ArrayList<PageNames>();
    var last = Optional.<BlockChain>empty();
    for (int from = 0; from + length <= tokens.length; from += length) {
      int[] link = Arrays.copyOfRange(tokens, from, from + length);
      var next = last.map(chain -> chain.then(link)).orElseGet(() -> first(terms, link));
      names.add(next.names(terms.namespace(), secret));
      last = Optional.of(next);
    }
    var links = new ArrayList<State>();
    for (int link = 0; link < names.size(); link++) {
      var leading = names.get(link / Limits.CHAIN_RUN_LINKS * Limits.CHAIN_RUN_LINKS);
      var home = new Home(terms.namespace(), leading.whole());
      links.add(
          new State(
              home,
              names.get(link).whole(),
              names.get(link).states(terms.layout().layers(), terms.linkSpans())));
    }
    return new Chain(terms, links);
  }

  private static BlockChain first(ChainTerms terms, int... link) {
    return BlockChain.first(terms.program(), terms.family(), terms.encoding(), link);
  }

  /** Of the tokens, in order: keys and values, layer by layer. */
  List<State> links() {
    return links;
  }

  /** Leading links by their homes. */
  List<List<State>> runs(int count) {
    return links.stream()
        .limit(count)
        .gather(Gatherers.windowFixed(Limits.CHAIN_RUN_LINKS))
        .toList();
  }

  /** What its links have in common. */
  ChainTerms terms() {
    return terms;
  }

  /** How many whole links there are. */
  public int length() {
    return links.size();
  }

  /** Positions that so many links cover. */
  public int positions(int count) {
    return count * terms.linkTokens();
  }

  /** Pages of all links. */
  public int pages() {
    return length() * terms.linkPages();
  }
}
