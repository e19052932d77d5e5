package dev.unmask.cache;

import dev.unmask.cache.admin.AdminApi;
import dev.unmask.cache.admin.Statistics;
import dev.unmask.cache.admin.Watchers;
import dev.unmask.cache.api.CallBound;
import dev.unmask.cache.api.PageCacheApi;
import dev.unmask.cache.config.CacheSettings;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.contract.Limits;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** How the service is put together. */
@Factory
final class CacheBeans {
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
  PageCacheApi api(SlabStore store, StoreCounts counts) {
    return new PageCacheApi(Namespaces.in(store, counts), store::use);
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
  BindableService reflection() {
    return ProtoReflectionServiceV1.newInstance();
  }
}
