package dev.unmask.cache;

import dev.unmask.cache.admin.AdminApi;
import dev.unmask.cache.admin.Statistics;
import dev.unmask.cache.admin.Watchers;
import dev.unmask.cache.api.CallBound;
import dev.unmask.cache.api.LeaseApi;
import dev.unmask.cache.api.PageCacheApi;
import dev.unmask.cache.config.CacheSettings;
import dev.unmask.cache.config.TransportSettings;
import dev.unmask.cache.lease.Leases;
import dev.unmask.cache.lease.TimerAlarm;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.contract.Limits;
import dev.unmask.tls.TlsFiles;
import dev.unmask.tls.TlsRefresh;
import dev.unmask.tls.TlsSettings;
import dev.unmask.wire.PageSockets;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** How the service is put together. */
@Factory
final class CacheBeans {
  /** In bits. Numbers of leases go on from the clock, so that they rise over restarts too. */
  private static final int LEASES_A_MILLISECOND = 20;

  private static final int SOCKET_THREADS =
      Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  @Singleton
  @Bean(preDestroy = "close")
  SlabStore store(CacheSettings settings, Watchers watchers) {
    var rules = settings.retention().rules(System::nanoTime, watchers);
    return new SlabStore(settings.directory(), settings.slabs(), rules);
  }

  @Singleton
  StoreCounts counts() {
    return new StoreCounts();
  }

  @Singleton
  PageCacheApi api(SlabStore store, StoreCounts counts, TransportSettings transport) {
    return new PageCacheApi(
        Namespaces.in(store, counts),
        store::use,
        transport.mapping() ? Optional.of(store.layout()) : Optional.empty());
  }

  @Singleton
  @Bean(preDestroy = "close")
  TimerAlarm alarm() {
    return new TimerAlarm();
  }

  @Singleton
  Leases leases(TimerAlarm alarm) {
    return new Leases(alarm, InstantSource.system().millis() << LEASES_A_MILLISECOND);
  }

  @Singleton
  LeaseApi leaseApi(Leases leases) {
    return new LeaseApi(leases);
  }

  @Singleton
  @Bean(preDestroy = "close")
  EventThread events() {
    return new EventThread();
  }

  @Singleton
  Watchers watchers(EventThread events) {
    return new Watchers(events);
  }

  @Singleton
  AdminApi admin(SlabStore store, StoreCounts counts, Watchers watchers, CacheSettings settings) {
    var administration = store.administration();
    return new AdminApi(
        administration,
        () ->
            new Statistics(
                store.use(),
                administration.namespaces(),
                counts.snapshot(),
                administration.evictedStates(),
                settings.retention().policy().text()),
        watchers);
  }

  @Singleton
  ServerInterceptor bound() {
    return new CallBound(Limits.PAGE_CALLS, Limits.PAGE_CALLS_RETRY);
  }

  @Singleton
  @Bean(preDestroy = "close")
  PageSockets sockets() {
    return new PageSockets("pages", SOCKET_THREADS);
  }

  @Singleton
  @Bean(preDestroy = "close")
  UnixListener socket(
      TransportSettings settings,
      PageSockets sockets,
      List<BindableService> services,
      Optional<HealthStatusManager> health,
      List<ServerInterceptor> interceptors,
      @Named(TaskExecutors.IO) ExecutorService executor) {
    // Micronaut adds health to its own listener only.
    var own = health.stream().map(HealthStatusManager::getHealthService);
    var all = Stream.concat(services.stream(), own).toList();
    var served = new UnixListener.Services(all, interceptors, executor);
    return settings
        .socket()
        .map(path -> new UnixListener(path, sockets, served))
        .orElseThrow(() -> new DisabledBeanException("no unmask.cache.socket"));
  }

  @Singleton
  @Bean(preDestroy = "close")
  TlsRefresh tls(Environment environment) {
    return new TlsRefresh(
        new TlsFiles(TlsSettings.read(key -> environment.getProperty(key, String.class))));
  }

  @Singleton
  BindableService reflection() {
    return ProtoReflectionServiceV1.newInstance();
  }
}
