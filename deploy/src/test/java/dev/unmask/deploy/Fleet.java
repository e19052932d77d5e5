package dev.unmask.deploy;

import static org.awaitility.Awaitility.await;

import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.Service;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A gateway, workers and a cache-service as processes, on free ports, with the small LLaDA. */
public final class Fleet implements AutoCloseable {
  private static final String MODEL = "unmask-mini-llada";

  /** Above what a loaded machine of two cores needs; a healthy run waits for none of it. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Surefire runs in the module's folder. */
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Cluster cluster;
  private final Layout layout;
  private final OwnProcesses processes;
  private final Map<String, Launch> launches;
  private final Map<String, ServiceProcess> relaunched = new ConcurrentHashMap<>();
  private final UnmaskClient client;

  /** What a service was started with. */
  private record Launch(Role role, Map<String, Object> settings) {}

  private Fleet(
      Cluster cluster, Layout layout, OwnProcesses processes, Map<String, Launch> launches) {
    this.cluster = cluster;
    this.layout = layout;
    this.processes = processes;
    this.launches = launches;
    this.client = UnmaskClient.connect(cluster.gatewayAddress());
  }

  static Fleet start(int workers, Path pages) {
    return start(new Plan.Services(workers, 1), pages);
  }

  static Fleet start(Plan.Services services, Path pages) {
    return start(services, pages, new Layout.Plain());
  }

  /** Processes that differ from the usual ones. */
  public static Fleet start(Plan.Services services, Path pages, Layout layout) {
    var models = List.of(ROOT.resolve("models").resolve(MODEL));
    var secret = Secret.random(new SecureRandom());
    var plan = new Plan(models, services, List.of("cpu"), 0, pages, secret);
    var processes =
        OwnProcesses.likeThis(ROOT.resolve("jvm.flags"), System.err, System.err::println);
    var launches = new ConcurrentHashMap<String, Launch>();
    var cluster =
        Cluster.start(
            plan,
            (role, name, settings) -> {
              var changed = new LinkedHashMap<>(settings);
              layout.change(role, name, changed);
              launches.put(name, new Launch(role, changed));
              return layout.processes(role, processes).launch(role, name, changed);
            });
    try {
      cluster.awaitModels();
      return new Fleet(cluster, layout, processes, launches);
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Connected to the gateway; the fleet closes it. */
  public UnmaskClient client() {
    return client;
  }

  /** SIGKILL: no farewell, no flush. */
  public void kill(String service) {
    process(service).handle().destroyForcibly();
    process(service).handle().onExit().join();
  }

  /** SIGTERM: what is under way gets a short time to end. */
  void terminate(String service) {
    process(service).close();
  }

  /** Starts a service that has ended once more, as it was started first. */
  public void relaunch(String service) {
    relaunched.put(service, launch(service, launches.get(service)));
  }

  /** Starts one more service like another one. */
  void launchLike(String other, String name) {
    var settings = new LinkedHashMap<>(launches.get(other).settings());
    var role = launches.get(other).role();
    layout.change(role, name, settings);
    launches.put(name, new Launch(role, settings));
    relaunch(name);
  }

  /** Where a service takes calls, once it does. */
  String address(String service) {
    return layout.address(service, process(service).address());
  }

  private ServiceProcess launch(String name, Launch launch) {
    return layout
        .processes(launch.role(), processes)
        .launch(launch.role(), name, launch.settings());
  }

  /** The process of a service. */
  public ProcessHandle handle(String service) {
    return process(service).handle();
  }

  /** Sends a signal to the process of a service, e.g. {@code STOP}. */
  public void signal(String service, String signal) throws IOException, InterruptedException {
    long pid = process(service).handle().pid();
    int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + signal + " ended with " + code);
    }
  }

  /** Waits until a worker decodes what the gateway sends it. */
  public void awaitServing(String worker) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(ClientException.class)
        .until(() -> !ask(worker, "1+1=").tokens().isEmpty());
  }

  Answer ask(String worker, String text) {
    return client.ask(quick(worker, text), _ -> {});
  }

  /** A few steps: the default method. */
  public static GenerateRequest quick(String worker, String text) {
    return request(worker, text, DecodingSpec.newBuilder().setGenerationLength(64).build());
  }

  /** A step for each of 256 tokens, every row each time: long enough to be hit in mid-run. */
  public static GenerateRequest slow(String worker, String text) {
    var spec =
        DecodingSpec.newBuilder()
            .setGenerationLength(256)
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1))
            .setNoCache(NoCache.getDefaultInstance());
    return request(worker, text, spec.build());
  }

  /** A step for each of 64 tokens, wherever the gateway sends it. */
  public static GenerateRequest steady(String text) {
    var spec =
        DecodingSpec.newBuilder()
            .setGenerationLength(64)
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1));
    return request("", text, spec.build());
  }

  /** How busy a worker says it is. */
  GetLoadResponse load(String worker) {
    return call(
        worker,
        channel ->
            DecoderServiceGrpc.newBlockingStub(channel)
                .getLoad(GetLoadRequest.getDefaultInstance()));
  }

  /** Pages all cache-services hold. */
  long pages() {
    return cluster.services().stream()
        .map(Service::name)
        .filter(name -> name.startsWith("cache-service"))
        .mapToLong(this::pages)
        .sum();
  }

  /** Pages are published behind the answer: all are there once their number rests. */
  void awaitPublished() {
    var last = new AtomicLong(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          long now = pages();
          return now > 0 && last.getAndSet(now) == now;
        });
  }

  /** Pages a cache-service holds. */
  long pages(String cache) {
    return call(
        cache,
        channel ->
            PageCacheServiceGrpc.newBlockingStub(channel)
                .getCapabilities(GetCapabilitiesRequest.getDefaultInstance())
                .getSlotClassesList()
                .stream()
                .mapToLong(SlotClass::getUsed)
                .sum());
  }

  @Override
  public void close() {
    client.close();
    relaunched.values().forEach(ServiceProcess::close);
    cluster.close();
  }

  private static GenerateRequest request(String worker, String text, DecodingSpec spec) {
    return GenerateRequest.newBuilder()
        .setModel(MODEL)
        .setWorker(worker)
        .setPrompt(Prompt.newBuilder().setText(text))
        .setSpec(spec)
        .build();
  }

  private <T> T call(String service, Function<ManagedChannel, T> call) {
    var channel =
        Grpc.newChannelBuilder(address(service), InsecureChannelCredentials.create()).build();
    try {
      return call.apply(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  private ServiceProcess process(String name) {
    return Optional.ofNullable(relaunched.get(name)).orElseGet(() -> launched(name));
  }

  private ServiceProcess launched(String name) {
    return cluster.services().stream()
        .filter(service -> service.name().equals(name))
        .map(ServiceProcess.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
