package dev.unmask.worker;

import dev.unmask.tls.TlsFiles;
import dev.unmask.tls.TlsRefresh;
import dev.unmask.tls.TlsSettings;
import dev.unmask.tracing.Tracing;
import dev.unmask.worker.api.DecoderApi;
import dev.unmask.worker.api.watch.PrefixWatchers;
import dev.unmask.worker.config.WorkerSettings;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.serving.RequestListener;
import dev.unmask.worker.serving.Sharing;
import dev.unmask.worker.serving.Slots;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.WarmUp;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.serving.retained.Retention;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.ForwardListener;
import dev.unmask.worker.serving.steps.StepLoop;
import io.grpc.BindableService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.util.Optional;

/** How the worker is put together. */
@Factory
final class WorkerBeans {
  @Singleton
  WorkerSettings settings(Environment environment) {
    return WorkerSettings.read(environment);
  }

  @Singleton
  @Bean(preDestroy = "close")
  EngineThread engine(WorkerSettings settings) {
    return new EngineThread("engine-" + settings.engine().device());
  }

  @Singleton
  @Bean(preDestroy = "close")
  Models models(WorkerSettings settings, EngineThread engine) {
    return Models.load(settings.models(), settings.engine(), engine);
  }

  @Singleton
  @Bean(preDestroy = "close")
  Sharing sharing(WorkerSettings settings, Models models, TlsRefresh tls, Tracing tracing) {
    // All models are on one device.
    var engine = models.all().getFirst().engine();
    boolean always = settings.fetch() == WorkerSettings.Fetch.ALWAYS;
    return settings
        .cache()
        .map(instances ->
            Sharing.through(
                PageChannels.open(
                    instances, settings.cacheConnections(), tls.files(), tracing.clients()),
                new Sharing.Fetching(always, settings.cacheMapping(), settings.cacheConnections()),
                settings.namespaces(),
                engine::hostMemory))
        .orElseGet(Sharing::none);
  }

  @Singleton
  @Bean(preDestroy = "close")
  TlsRefresh tls(Environment environment) {
    return new TlsRefresh(
        new TlsFiles(TlsSettings.read(key -> environment.getProperty(key, String.class))));
  }

  @Singleton
  Retention retention(WorkerSettings settings, Models models) {
    return Retention.of(
        settings.retainedShare(),
        models.all().stream().flatMap(model -> source(model).stream()).toList());
  }

  /** With full attention no beginning is exact whatever follows it. */
  private static Optional<Retention.Source> source(ServedModel model) {
    return model.traits().causalBlock().stream()
        .mapToObj(block -> new Retention.Source(model.name(), model.engine().pool(), block))
        .findAny();
  }

  @Singleton
  Station station(
      WorkerSettings settings,
      EngineThread engine,
      Sharing sharing,
      Retention retention,
      ForwardListener listener,
      RequestListener requests) {
    var steps = new StepLoop(engine, settings.batch(), System::nanoTime, listener);
    var slots = new Slots(settings.slots());
    return new Station(slots, steps, sharing, retention, System::nanoTime, requests);
  }

  @Singleton
  @Bean(preDestroy = "close")
  PrefixWatchers watchers(Retention retention) {
    return new PrefixWatchers(retention.holdings());
  }

  @Singleton
  DecoderApi api(WorkerSettings settings, Models models, Station station, PrefixWatchers watchers)
      throws InterruptedException {
    // What comes from the device would leave computing and fetching cold.
    new WarmUp(models, station.forItself(), settings.namespaces().keySet()).run();
    return new DecoderApi(settings.name(), models, station, watchers);
  }

  @Singleton
  BindableService reflection() {
    return ProtoReflectionServiceV1.newInstance();
  }
}
