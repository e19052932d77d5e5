package dev.unmask.cache.config;

import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.config.KnownKeys;
import dev.unmask.config.Setting;
import dev.unmask.logging.LogSettings;
import dev.unmask.metrics.MetricsSettings;
import dev.unmask.tls.TlsSettings;
import dev.unmask.tracing.TracingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cache-service can be told. */
public final class KnownSettings {
  /** All of them; docs/configuration.md is made of this list. */
  public static final List<Setting> ALL =
      Stream.of(
              own(),
              TlsSettings.SETTINGS,
              MetricsSettings.SETTINGS,
              TracingSettings.SETTINGS,
              LogSettings.SETTINGS)
          .flatMap(List::stream)
          .toList();

  static final KnownKeys KEYS = KnownKeys.of(ALL);

  private KnownSettings() {}

  private static List<Setting> own() {
    return List.of(
        new Setting(
            "unmask.cache.directory",
            "folder",
            "",
            "one process a folder",
            "Where pages are kept. Not absolute: from the working directory."),
        new Setting(
            "unmask.cache.slabs",
            Setting.LIST,
            "six sizes, 512 MiB in all",
            "at least one; no two of one slot size",
            "How the disk is divided: each entry has slot-bytes and capacity-bytes."),
        new Setting(
            "unmask.cache.slabs[0].slot-bytes",
            "bytes",
            "",
            "holds a payload and its header",
            "Size of a slot."),
        new Setting(
            "unmask.cache.slabs[0].capacity-bytes",
            "bytes",
            "",
            "at least one slot",
            "What all slots of this size take of the disk."),
        new Setting(
            "unmask.cache.eviction",
            "word",
            Retention.DEFAULT.policy().text(),
            policies(),
            "Which states are given up first."),
        new Setting(
            "unmask.cache.ttl",
            "duration",
            "1h",
            "above 0; counts with eviction: ttl",
            "How long a state is kept."),
        new Setting(
            "unmask.cache.high-watermark",
            "share",
            "" + Retention.DEFAULT.watermarks().high(),
            "low-watermark to 1",
            "How full slots may be before states are given up behind the writers."),
        new Setting(
            "unmask.cache.low-watermark",
            "share",
            "" + Retention.DEFAULT.watermarks().low(),
            "above 0, at most high-watermark",
            "Down to where they are given up then."),
        new Setting(
            "unmask.cache.quotas.NAMESPACE",
            "bytes",
            "none",
            "at least 1",
            "Most that states of a namespace may take."),
        new Setting(
            "unmask.cache.socket", "file", "none", "", "Unix domain socket to listen at too."),
        new Setting(
            "unmask.cache.mapping",
            "true or false",
            "false",
            "",
            "Whether workers on this host are told where pages lie, so that they read the files themselves."));
  }

  static String policies() {
    return Arrays.stream(PolicyName.values())
        .map(PolicyName::text)
        .collect(Collectors.joining(", "));
  }
}
