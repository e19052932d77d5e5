package dev.unmask.gateway.discovery;

import dev.unmask.gateway.config.WorkerAddress;

/**
 * A worker as it was found.
 *
 * @param address where it listens
 * @param authority what it is called, host and port: under TLS its certificate must have that name,
 *     not the address
 */
public record Endpoint(WorkerAddress address, String authority) {
  /** A worker that is called by its address. */
  public static Endpoint at(WorkerAddress address) {
    return new Endpoint(address, address.toString());
  }
}
