package dev.unmask.deploy.network;

import static org.awaitility.Awaitility.await;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.SlotClass;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.Prompt;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A gateway, two workers and two cache-services, each on a machine of its own, found by DNS. */
final class Site implements AutoCloseable {
  static final String MODEL = "unmask-mini-llada";
  static final List<String> WORKERS = List.of("worker-1", "worker-2");
  static final List<String> CACHES = List.of("cache-1", "cache-2");

  /** Above what a loaded machine of two cores needs; a healthy run waits for none of it. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int METRICS = 9303;
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Map<Role, Integer> PORTS =
      Map.of(Role.GATEWAY, 7301, Role.WORKER, 7303, Role.CACHE, 7302);

  private final Network network;
  private final Path folder;
  private final List<ServiceProcess> services = new ArrayList<>();
  private final Map<String, ManagedChannel> lines = new LinkedHashMap<>();
  private final UnmaskClient client;

  private Site(Network network, Path folder) {
    this.network = network;
    this.folder = folder;
    client = UnmaskClient.connect(address("gateway", Role.GATEWAY));
  }

  /** Starts all of them and waits until both workers decode. */
  static Site start(Network network, Path folder) {
    var site = new Site(network, folder);
    try {
      CACHES.forEach(name -> site.launch(Role.CACHE, name));
      WORKERS.forEach(name -> site.launch(Role.WORKER, name));
      site.launch(Role.GATEWAY, "gateway");
      // Each says so once it takes calls, however long that takes on a busy machine.
      site.services.forEach(ServiceProcess::address);
      WORKERS.forEach(site::awaitServing);
      return site;
    } catch (RuntimeException e) {
      site.close();
      throw e;
    }
  }

  UnmaskClient client() {
    return client;
  }

  private void launch(Role role, String name) {
    var like = OwnProcesses.likeThis(ROOT.resolve("jvm.flags"), System.err, System.err::println);
    var there =
        new OwnProcesses(
            network.machine(name).java(folder),
            like.flags(),
            like.classPath(),
            like.log(),
            like.deaths());
    services.add(there.launch(role, name, settings(role, name)));
  }

  private Map<String, Object> settings(Role role, String name) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("grpc.server.host", network.machine(name).address());
    settings.put("grpc.server.port", PORTS.get(role));
    switch (role) {
      case CACHE -> settings.put("unmask.cache.directory", folder.resolve(name).toString());
      case WORKER -> {
        settings.put("unmask.worker.name", name);
        settings.put("unmask.worker.models", ROOT.resolve("models").resolve(MODEL).toString());
        settings.put("unmask.worker.cache", "dns:///caches.test:7302");
        settings.put("unmask.metrics.host", network.machine(name).address());
        settings.put("unmask.metrics.port", METRICS);
        settings.put("unmask.worker.namespaces.default", "a secret that all workers know");
      }
      case GATEWAY -> {
        settings.put("unmask.gateway.workers", "dns:///workers.test:7303");
        settings.put("unmask.gateway.http", false);
      }
    }
    return settings;
  }

  private String address(String machine, Role role) {
    return network.machine(machine).address() + ":" + PORTS.get(role);
  }

  /** The command line asks from a machine; a step for each token, all rows each time. */
  Process command(Machine machine, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                machine.java(folder).toString(),
                "@" + ROOT.resolve("jvm.flags"),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.unmask.client.command.Unmask",
                "generate",
                "--gateway",
                address("gateway", Role.GATEWAY),
                "--tokens-per-step",
                "1",
                "--cache",
                "none"));
    command.addAll(List.of(arguments));
    command.add("Count.");
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** Waits until a worker decodes what the gateway sends it. */
  void awaitServing(String worker) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(ClientException.class)
        .until(() -> !ask(worker, "1+1=").tokens().isEmpty());
  }

  Answer ask(String worker, String text) {
    var spec = DecodingSpec.newBuilder().setGenerationLength(64);
    return client.ask(request(worker, text, spec), _ -> {});
  }

  /** A step for each of 64 tokens, wherever the gateway sends it. */
  static GenerateRequest steady(String text) {
    return request("", text, oneByOne(64));
  }

  /** A step for each of so many tokens, all rows each time. */
  static GenerateRequest slow(String worker, String text) {
    return request(worker, text, oneByOne(256).setNoCache(NoCache.getDefaultInstance()));
  }

  private static DecodingSpec.Builder oneByOne(int length) {
    return DecodingSpec.newBuilder()
        .setGenerationLength(length)
        .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1));
  }

  private static GenerateRequest request(String worker, String text, DecodingSpec.Builder spec) {
    return GenerateRequest.newBuilder()
        .setModel(MODEL)
        .setWorker(worker)
        .setPrompt(Prompt.newBuilder().setText(text))
        .setSpec(spec)
        .build();
  }

  /** Requests that a worker decodes now, as it says itself. */
  int running(String worker) {
    return call(
        address(worker, Role.WORKER),
        channel ->
            DecoderServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .getLoad(GetLoadRequest.getDefaultInstance())
                .getRunning());
  }

  /** Sum of what a worker's metrics of a name count, whatever their tags. */
  double metric(String worker, String name) {
    var page =
        URI.create("http://%s:%d/metrics".formatted(network.machine(worker).address(), METRICS));
    try (var http = HttpClient.newHttpClient()) {
      var text = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
      return text.lines()
          .filter(line -> line.startsWith(name))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Pages that a cache-service holds. */
  long pages(String cache) {
    return call(
        address(cache, Role.CACHE),
        channel ->
            PageCacheServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
                .getSlotClassesList()
                .stream()
                .mapToLong(SlotClass::getUsed)
                .sum());
  }

  /** Pages are published behind the answer: all are there once their number rests. */
  void awaitPublished() {
    var last = new AtomicLong(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          long now = CACHES.stream().mapToLong(this::pages).sum();
          return now > 0 && last.getAndSet(now) == now;
        });
  }

  private <T> T call(String address, Function<ManagedChannel, T> call) {
    var channel =
        lines.computeIfAbsent(
            address,
            target -> Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build());
    return call.apply(channel);
  }

  @Override
  public void close() {
    client.close();
    lines.values().forEach(ManagedChannel::shutdownNow);
    services.reversed().forEach(ServiceProcess::close);
  }
}
