package dev.unmask.deploy;

import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import java.util.Map;

/** How a fleet's processes differ from what {@code ./unmask up --processes} starts. */
public interface Layout {
  /** Changes the settings of a service that is about to be launched. */
  void change(Role role, String name, Map<String, Object> settings);

  /** What runs services of a role. */
  default OwnProcesses processes(Role role, OwnProcesses usual) {
    return usual;
  }

  /** Where a service takes calls; {@code usual} has its port. */
  default String address(String name, String usual) {
    return usual;
  }

  /** On a busy machine computing may be faster; tests of sharing are not about that. */
  record Plain() implements Layout {
    @Override
    public void change(Role role, String name, Map<String, Object> settings) {
      if (role == Role.WORKER) {
        settings.put("unmask.worker.fetch", "always");
      }
    }
  }
}
