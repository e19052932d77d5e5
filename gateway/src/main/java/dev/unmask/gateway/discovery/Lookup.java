package dev.unmask.gateway.discovery;

import java.util.List;

/** What came of looking for workers. */
public sealed interface Lookup {
  /** These are all there are. */
  record Found(List<Endpoint> endpoints) implements Lookup {
    public Found {
      endpoints = List.copyOf(endpoints);
    }
  }

  /** It could not be found out. */
  record Failed(String why) implements Lookup {}
}
