package dev.unmask.client.local;

import java.util.Locale;

/** What a service does. */
public enum Role {
  /** Keeps pages. */
  CACHE("dev.unmask.cache.CacheServer"),
  /** Decodes. */
  WORKER("dev.unmask.worker.WorkerServer"),
  /** Takes requests. */
  GATEWAY("dev.unmask.gateway.GatewayServer");

  private final String mainClass;

  Role(String mainClass) {
    this.mainClass = mainClass;
  }

  /** Class whose {@code main} runs the service as a process. */
  String mainClass() {
    return mainClass;
  }

  /** The word in the line {@code READY word port} that the process prints. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
