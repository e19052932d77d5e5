package dev.unmask.worker.pages.chain;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.FetchMemory;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.MeteredCache;
import dev.unmask.worker.pages.Room;
import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Gatherers;

/**
 * Reads the beginning of a chain: one call a run, {@link Limits#CHAIN_RUNS} of them at once. What
 * arrived intact before the first page that did not is used.
 *
 * @param cache that is read from
 * @param memory for what comes
 * @param chain that it is of
 */
record PrefixReading(MeteredCache cache, FetchMemory memory, Chain chain) {
  /** Pages of a run, with the memory they are read into. */
  private record Part(Home home, List<NamedPage> pages) {}

  /** Leading links that came intact, and why no more did. */
  private record Came(int links, Optional<Miss> miss) {}

  /**
   * Reads what is there.
   *
   * @param there at least one link
   * @param lease that goes with what is missing
   * @param decision to fetch
   */
  Beginning read(Stretch there, Lease lease, Decision decision) {
    long start = cache.now();
    var pages = new LinkPages(chain.terms());
    int wanted = there.links();
    var room = pages.room(memory.allocate(chain.terms().layout(), chain.positions(wanted), 0));
    var came = fill(parts(wanted, room));
    cache.hit(came.links());
    came.miss()
        .or(there::miss)
        .ifPresent(reason -> cache.missed(reason, chain.length() - came.links()));
    if (came.links() == 0) {
      room.close();
      return new Beginning(Optional.empty(), 0, chain.pages(), lease, decision);
    }
    room.transcription().decode();
    var kept = came.links() == wanted ? room : cut(room, came.links());
    int hit = came.links() * chain.terms().linkPages();
    long bytes = there.first(came.links()).bytes();
    var found = new Lookup.Found<>(kept, hit, bytes, cache.since(start), decision);
    return new Beginning(Optional.of(found), came.links(), chain.pages() - hit, lease, decision);
  }

  private List<Part> parts(int links, Room<StoredForward> room) {
    var parts = new ArrayList<Part>();
    int first = 0;
    for (var run : chain.runs(links)) {
      var keys = run.stream().flatMap(link -> link.pages().stream()).toList();
      var pages = new ArrayList<NamedPage>();
      for (int page = 0; page < keys.size(); page++) {
        pages.add(new NamedPage(keys.get(page), room.payloads().get(first + page)));
      }
      parts.add(new Part(run.getFirst().home(), pages));
      first += keys.size();
    }
    return parts;
  }

  private Came fill(List<Part> parts) {
    int links = 0;
    var lots = parts.stream().gather(Gatherers.windowFixed(Limits.CHAIN_RUNS)).toList();
    for (var lot : lots) {
      var readings = Together.all(lot, part -> cache.read(part.home(), part.pages()));
      for (var reading : readings) {
        links += reading.sound() / chain.terms().linkPages();
        if (reading.miss().isPresent()) {
          return new Came(links, reading.miss());
        }
      }
    }
    return new Came(links, Optional.empty());
  }

  /** Leading links alone: a forward's memory is as long as all that it covers. */
  private Room<StoredForward> cut(Room<StoredForward> room, int links) {
    var less = memory.allocate(chain.terms().layout(), chain.positions(links), 0);
    new LinkPages(chain.terms()).copy(room.content(), less, links);
    room.close();
    return new Room<>(less, List.of(), less::close);
  }
}
