package dev.unmask.gateway.discovery;

import dev.unmask.contract.Limits;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one source. A lookup that fails or finds nobody leaves what was known before: a
 * name server that is down, or a wrong answer, must not take working workers away. What is wrong is
 * logged once, until it changes. Not thread-safe.
 */
final class KnownSource {
  private static final Logger LOG = LoggerFactory.getLogger(KnownSource.class);

  private final Source source;
  private List<Endpoint> endpoints = List.of();
  private Optional<String> complaint = Optional.empty();
  private boolean heard;

  KnownSource(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }

  /** Whether it was looked up at all. */
  boolean heard() {
    return heard;
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  void hear(Lookup lookup) {
    heard = true;
    switch (lookup) {
      case Lookup.Failed(var why) -> complain(why);
      case Lookup.Found(var found) when found.isEmpty() -> complain("has no addresses");
      case Lookup.Found(var found) when found.size() > Limits.FLEET_WORKERS -> {
        complain("has " + found.size() + " addresses, more than " + Limits.FLEET_WORKERS);
        endpoints = found.subList(0, Limits.FLEET_WORKERS);
      }
      case Lookup.Found(var found) -> {
        complaint.ifPresent(
            _ -> LOG.info("{} is found again, with {} workers", source, found.size()));
        complaint = Optional.empty();
        endpoints = found;
      }
    }
  }

  private void complain(String why) {
    if (!complaint.equals(Optional.of(why))) {
      LOG.warn("{} {}; of its workers {} stay", source, why, endpoints.size());
    }
    complaint = Optional.of(why);
  }
}
