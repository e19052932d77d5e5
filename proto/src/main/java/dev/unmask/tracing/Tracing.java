package dev.unmask.tracing;

import dev.unmask.contract.Limits;
import io.grpc.ClientInterceptor;
import io.grpc.ServerInterceptor;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Traces of one service. Switched off it has no thread and intercepts nothing. A collector that is
 * slow or away costs spans, never a request's time. Safe for any thread.
 */
public final class Tracing implements AutoCloseable {
  private final Optional<SdkTracerProvider> provider;

  private Tracing(Optional<SdkTracerProvider> provider) {
    this.provider = provider;
  }

  /**
   * As the settings say: with an exporter, or switched off.
   *
   * @param service its name where traces are shown, e.g. {@code unmask-gateway}
   * @param instance which of several it is; may be empty
   */
  public static Tracing start(TracingSettings settings, String service, String instance) {
    return new Tracing(
        settings
            .endpoint()
            .map(endpoint ->
                provider(exporter(endpoint), settings.sampleRatio(), resource(service, instance))));
  }

  /** Whether anything is traced. */
  public boolean on() {
    return provider.isPresent();
  }

  /** Makes spans; none where nothing is traced. */
  public Tracer tracer() {
    return provider.<Tracer>map(sdk -> sdk.get("dev.unmask")).orElse(Trace.NONE.tracer());
  }

  /**
   * What the service's calls pass through.
   *
   * @param beginnings full names of the methods that a trace may begin with; others are traced only
   *     if their caller is
   * @return none where nothing is traced
   */
  public Optional<ServerInterceptor> server(Set<String> beginnings, CallNotes notes) {
    return provider.map(_ -> new TracedServer(tracer(), beginnings, notes));
  }

  /** What calls to other services pass through; nothing where nothing is traced. */
  public List<ClientInterceptor> clients() {
    return provider.<ClientInterceptor>map(_ -> new TracedClient()).stream().toList();
  }

  /** Exports what is left, for no longer than {@link Limits#TRACE_EXPORT_TIME}. */
  @Override
  public void close() {
    provider.ifPresent(sdk -> {
      var _ = sdk.shutdown().join(Limits.TRACE_EXPORT_TIME.toMillis(), TimeUnit.MILLISECONDS);
    });
  }

  private static SdkTracerProvider provider(SpanExporter exporter, double ratio, Resource who) {
    return SdkTracerProvider.builder()
        .setResource(who)
        .setSampler(Sampler.parentBased(new FollowLinks(Sampler.traceIdRatioBased(ratio))))
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(Limits.TRACE_QUEUE)
                .setScheduleDelay(Limits.TRACE_EXPORT_DELAY)
                .setExporterTimeout(Limits.TRACE_EXPORT_TIME)
                .build())
        .build();
  }

  private static SpanExporter exporter(URI endpoint) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint.toString())
        .setTimeout(Limits.TRACE_EXPORT_TIME)
        .setConnectTimeout(Limits.TRACE_EXPORT_TIME)
        // Trying again would hold newer spans up, and a service that is to stop.
        .setRetryPolicy(null)
        .build();
  }

  private static Resource resource(String service, String instance) {
    var who = Attributes.builder().put("service.name", service).put("service.namespace", "unmask");
    if (!instance.isEmpty()) {
      who.put("service.instance.id", instance);
    }
    return Resource.create(who.build());
  }
}
