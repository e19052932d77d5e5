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
import java.util.function.Function;

/**
 * The whole links of leading tokens, named for those who own them. A link's name follows from all
 * tokens up to its end, so chains share the links of a common beginning and no others. Links are at
 * home in runs of at most {@link Limits#CHAIN_RUN_LINKS} of one namespace, where the name of a
 * run's first link leads to, so that one call finds a run and one reads it. A value.
 */
public final class Chain {
  private final ChainTerms terms;
  private final List<List<State>> runs;

  private Chain(ChainTerms terms, List<List<State>> runs) {
    this.terms = terms;
    this.runs = List.copyOf(runs);
  }

  /**
   * Names links.
   *
   * @param secrets of the namespaces that own some
   * @param tokens from position 0; those behind the last whole link do not count
   */
  static Chain of(ChainTerms terms, Function<String, byte[]> secrets, int... tokens) {
    int length = terms.linkTokens();
    var runs = new ArrayList<List<State>>();
    var run = new Run("", List.of());
    var last = Optional.<BlockChain>empty();
    for (int from = 0; from + length <= tokens.length; from += length) {
      int[] link = Arrays.copyOfRange(tokens, from, from + length);
      var next = last.map(chain -> chain.then(link)).orElseGet(() -> first(terms, link));
      var owner = terms.owners().of(from + length);
      if (!run.takes(owner)) {
        runs.add(run.states(terms));
        run = new Run(owner, new ArrayList<>());
      }
      run.names().add(next.names(owner, secrets.apply(owner)));
      last = Optional.of(next);
    }
    runs.add(run.states(terms));
    return new Chain(terms, runs.stream().filter(states -> !states.isEmpty()).toList());
  }

  /** Links that have one home. */
  private record Run(String owner, List<PageNames> names) {
    boolean takes(String other) {
      return owner.equals(other) && names.size() < Limits.CHAIN_RUN_LINKS;
    }

    List<State> states(ChainTerms terms) {
      return names.stream()
          .map(link ->
              new State(
                  new Home(owner, names.getFirst().whole()),
                  link.whole(),
                  link.states(terms.layout().layers(), terms.linkSpans())))
          .toList();
    }
  }

  private static BlockChain first(ChainTerms terms, int... link) {
    return BlockChain.first(terms.program(), terms.family(), terms.encoding(), link);
  }

  /** Of the tokens, in order: keys and values, layer by layer. */
  List<State> links() {
    return runs.stream().flatMap(List::stream).toList();
  }

  /** Leading links by their homes. */
  List<List<State>> runs(int count) {
    var leading = new ArrayList<List<State>>();
    int left = count;
    for (var run : runs) {
      leading.add(run.subList(0, Math.min(left, run.size())));
      left -= leading.getLast().size();
    }
    return leading.stream().filter(run -> !run.isEmpty()).toList();
  }

  /** How many leading runs lie whole within leading links. */
  int wholeRuns(int count) {
    int links = 0;
    int whole = 0;
    while (whole < runs.size() && links + runs.get(whole).size() <= count) {
      links += runs.get(whole++).size();
    }
    return whole;
  }

  /** What its links have in common. */
  ChainTerms terms() {
    return terms;
  }

  /** How many whole links there are. */
  public int length() {
    return runs.stream().mapToInt(List::size).sum();
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
