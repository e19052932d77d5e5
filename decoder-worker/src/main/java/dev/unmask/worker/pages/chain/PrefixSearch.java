package dev.unmask.worker.pages.chain;

import dev.unmask.contract.Limits;
import dev.unmask.worker.pages.Answer;
import dev.unmask.worker.pages.MeteredCache;
import dev.unmask.worker.pages.State;
import dev.unmask.worker.pages.transfer.Miss;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Looks for the longest beginning of a chain that is there: one call a run, {@link
 * Limits#CHAIN_RUNS} of them at once; runs behind one that is not whole are not asked about unless
 * they are of the same lot.
 *
 * @param cache that is asked
 * @param chain that is looked for
 */
record PrefixSearch(MeteredCache cache, Chain chain) {
  /**
   * Looks.
   *
   * @param known what was there before; asked about again is the run that it breaks off in, and
   *     what follows
   */
  Stretch search(Stretch known) {
    var runs = chain.runs(chain.length());
    int whole = chain.wholeRuns(known.links());
    var found = known.first(runs.stream().limit(whole).mapToInt(List::size).sum());
    var lots =
        runs.stream().skip(whole).gather(Gatherers.windowFixed(Limits.CHAIN_RUNS)).iterator();
    while (lots.hasNext() && found.miss().isEmpty()) {
      for (var next : Together.all(lots.next(), this::look)) {
        found = found.then(next);
      }
    }
    return found;
  }

  private Stretch look(List<State> run) {
    // The last link first: a store that gives up what was used longest ago keeps the leading ones,
    // without which those behind are of no use.
    var keys = run.reversed().stream().flatMap(link -> link.pages().stream()).toList();
    return switch (cache.find(run.getFirst().home(), keys, Optional.empty())) {
      case Answer.None<List<Long>>(Miss reason) -> new Stretch(List.of(), Optional.of(reason));
      case Answer.Got<List<Long>>(List<Long> lengths) -> leading(lengths);
    };
  }

  private Stretch leading(List<Long> lengths) {
    var links = lengths.stream().gather(Gatherers.windowFixed(chain.terms().linkPages())).toList();
    var sizes = new ArrayList<Long>();
    for (var pages : links.reversed()) {
      if (pages.contains(0L)) {
        return new Stretch(sizes, Optional.of(Miss.ABSENT));
      }
      sizes.add(pages.stream().mapToLong(Long::longValue).sum());
    }
    return new Stretch(sizes, Optional.empty());
  }
}
