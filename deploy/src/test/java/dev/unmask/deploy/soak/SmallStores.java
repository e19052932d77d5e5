package dev.unmask.deploy.soak;

import dev.unmask.client.local.Role;
import dev.unmask.deploy.Layout;
import dev.unmask.deploy.SamePorts;
import java.util.Map;

/** Cache-services of so few slots that they are full, and evict, before anything is compared. */
record SmallStores() implements Layout {
  private static final int SLOT_BYTES = (128 << 10) + 4096;
  private static final int SLOTS = 200;

  @Override
  public void change(Role role, String name, Map<String, Object> settings) {
    new SamePorts().change(role, name, settings);
    if (role == Role.CACHE) {
      settings.put("unmask.cache.slabs[0].slot-bytes", SLOT_BYTES);
      settings.put("unmask.cache.slabs[0].capacity-bytes", SLOTS * SLOT_BYTES);
    }
  }
}
