package dev.unmask.worker.pages.mapping;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.LocatePagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc.PageCacheServiceBlockingV2Stub;
import dev.unmask.worker.pages.transfer.NamedPage;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pages out of a cache-service's files, as long as that works; {@link
 * dev.unmask.worker.pages.PageCache} reads as a stream what does not come so. Maps the files when
 * they are first needed. A page that is not where the service said may just have been given up, or
 * the service may have other files since a restart: it is asked again, at most every {@link
 * Limits#PAGE_MAPPING_RETRY}. Safe for several threads.
 */
public final class MappedPages {
  private static final Logger LOG = LoggerFactory.getLogger(MappedPages.class);

  private final InstantSource clock;
  private Optional<MappedSlabs> slabs = Optional.empty();
  private boolean doubtful = true;
  private Instant next = Instant.MIN;

  /** Nothing mapped yet. */
  public MappedPages(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Fills pages.
   *
   * @param way to the service
   * @param patience how long the service may take to say where they are
   * @return whether all are filled and sound; else all must be read another way
   */
  public boolean read(Channel way, String namespace, List<NamedPage> pages, Duration patience) {
    var calls = PageCacheServiceGrpc.newBlockingV2Stub(way).withDeadlineAfter(patience);
    var mapped = mapped(calls);
    if (mapped.isEmpty()) {
      return false;
    }
    var request = LocatePagesRequest.newBuilder().setNamespace(namespace);
    pages.forEach(page -> request.addKeys(page.key().toMessage()));
    try {
      var locations = calls.locatePages(request.build()).getLocationsList();
      boolean whole = mapped.get().copy(locations, pages);
      if (!whole && locations.stream().allMatch(location -> location.getLength() > 0)) {
        doubt();
      }
      return whole;
    } catch (StatusException e) {
      doubt();
      return false;
    }
  }

  private synchronized Optional<MappedSlabs> mapped(PageCacheServiceBlockingV2Stub calls) {
    if (doubtful && !clock.instant().isBefore(next)) {
      next = clock.instant().plus(Limits.PAGE_MAPPING_RETRY);
      doubtful = false;
      try {
        var capabilities = calls.getCapabilities(GetCapabilitiesRequest.getDefaultInstance());
        slabs =
            capabilities.hasMapping()
                ? Optional.of(MappedSlabs.open(capabilities.getMapping(), slabs))
                : Optional.empty();
      } catch (StatusException | IOException e) {
        LOG.info("pages are read as streams: {}", e.getMessage());
        slabs = Optional.empty();
      }
      doubtful = slabs.isEmpty();
    }
    return slabs;
  }

  private synchronized void doubt() {
    doubtful = true;
  }
}
