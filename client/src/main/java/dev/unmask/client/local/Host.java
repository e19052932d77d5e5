package dev.unmask.client.local;

import java.util.Map;

/** Where services run. */
@FunctionalInterface
public interface Host {
  /** Launches a service without waiting for it longer than its host must. */
  Service launch(Role role, String name, Map<String, Object> settings);
}
