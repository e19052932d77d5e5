package dev.unmask.gateway.access.tenants;

import dev.unmask.gateway.access.Access;
import dev.unmask.gateway.access.Tenant;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants of a file, and of the key files it names, read again when one of them has changed. A
 * reading that fails changes nothing. Safe for any thread.
 */
public final class WatchedTenants implements Access {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTenants.class);

  private final InstantSource clock;
  private volatile Register register;
  private Snapshot current;
  private Optional<String> complaint = Optional.empty();

  /**
   * Reads the file for the first time.
   *
   * @throws IllegalArgumentException naming the file, the field that is wrong, and its bound
   */
  public WatchedTenants(Path path, InstantSource clock) {
    this.clock = clock;
    this.current = Snapshot.of(path);
    this.register = current.register(clock);
  }

  @Override
  public Tenant tenant(Optional<String> authorization) {
    return register.tenant(authorization);
  }

  /** Looks at the files; what is wrong with them is logged once, and the tenants stay. */
  public synchronized void refresh() {
    try {
      var now = current.again();
      if (!now.sameAs(current)) {
        register = now.register(clock);
        current = now;
        LOG.info("{} was read again: {} tenants", now.path(), now.file().tenants().size());
      }
      complaint = Optional.empty();
    } catch (IllegalArgumentException e) {
      var found = Optional.of(e.getMessage());
      if (!found.equals(complaint)) {
        LOG.error("{}; the tenants stay as they were", e.getMessage());
      }
      complaint = found;
    }
  }
}
