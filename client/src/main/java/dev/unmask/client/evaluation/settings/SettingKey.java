package dev.unmask.client.evaluation.settings;

/**
 * A setting that means something here.
 *
 * @param name as it is typed
 * @param dialect whose name it is
 * @param form what its value must look like
 */
record SettingKey(String name, Dialect dialect, Form form) {
  /** Whether names of another dialect may stand beside this one. */
  boolean isShared() {
    return dialect == Dialect.ANY;
  }
}
