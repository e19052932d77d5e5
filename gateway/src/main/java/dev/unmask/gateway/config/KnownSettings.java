package dev.unmask.gateway.config;

import dev.unmask.config.KnownKeys;
import dev.unmask.config.Setting;
import dev.unmask.contract.Limits;
import dev.unmask.logging.LogSettings;
import dev.unmask.tls.TlsSettings;
import dev.unmask.tracing.TracingSettings;
import java.util.List;
import java.util.stream.Stream;

/** What the gateway can be told. */
public final class KnownSettings {
  /** All of them; docs/configuration.md is made of this list. */
  public static final List<Setting> ALL =
      Stream.of(own(), TlsSettings.SETTINGS, TracingSettings.SETTINGS, LogSettings.SETTINGS)
          .flatMap(List::stream)
          .toList();

  static final KnownKeys KEYS = KnownKeys.of(ALL);

  private KnownSettings() {}

  private static List<Setting> own() {
    return List.of(
        new Setting(
            "unmask.gateway.workers",
            Setting.LIST,
            "",
            "at least one, each once; " + Limits.FLEET_WORKERS + " workers an entry",
            "Workers to route to: host:port each, dns:///name:port for all addresses of a name, or xds:///service for all endpoints of a service."),
        new Setting(
            "unmask.gateway.discovery-interval",
            "duration",
            "",
            "1s to 1h",
            "How often a name is looked up."),
        new Setting(
            "unmask.gateway.poll-interval",
            "duration",
            "",
            "at least 10ms",
            "How often each worker is asked how busy it is."),
        new Setting(
            "unmask.gateway.affinity-margin",
            "requests a slot",
            "",
            "0 or more",
            "A context leaves the worker that served it last for one less loaded by more than this."),
        new Setting(
            "unmask.gateway.tenants",
            "file",
            "",
            "",
            "Who may call. Empty: everybody may, as one tenant."),
        new Setting(
            "unmask.gateway.namespace",
            "name",
            "",
            "1 to 64 characters of [a-z0-9-]",
            "Whose states requests may share when everybody is one tenant."),
        new Setting(
            "unmask.gateway.http",
            "true or false",
            "",
            "",
            "Whether HTTP is served too: the API of OpenAI and the playground, where micronaut.server says."),
        new Setting(
            "unmask.gateway.http-request-time",
            "duration",
            "",
            "100ms to 10m",
            "Longest an HTTP connection may be open without a whole request under way: time to send one, and time until the next one."));
  }
}
