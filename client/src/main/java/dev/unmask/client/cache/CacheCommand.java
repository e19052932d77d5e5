package dev.unmask.client.cache;

import com.google.protobuf.ByteString;
import dev.unmask.client.ClientException;
import dev.unmask.client.PageCacheAdmin;
import dev.unmask.client.options.TlsOptions;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import dev.unmask.type.v1.PageKey;
import io.grpc.Status;
import java.io.PrintStream;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Looks into cache-services and rules them; every subcommand asks all that are named. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Looks into cache-services: what they hold, for whom, and what they give up.")
public final class CacheCommand implements Runnable {
  private final PrintStream out;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cache",
      paramLabel = "HOST:PORT",
      split = ",",
      required = true,
      scope = ScopeType.INHERIT,
      description = "cache-services to ask; `unmask up` prints where they are")
  private List<String> targets = List.of();

  @Mixin private TlsOptions tls = new TlsOptions();

  /** Prints to a stream. */
  public CacheCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of cache's commands?");
  }

  @Command(description = "Prints how full they are, what happened to them, and who holds how much.")
  void status() {
    each(admin -> new StatusReport(admin.statistics()).print(out));
  }

  @Command(description = "Lists the states of a namespace.")
  void states(@Parameters(paramLabel = "NAMESPACE") String namespace) {
    each(admin ->
        admin.states(
            namespace,
            state ->
                out.printf(
                    "%s  %d pages  %,d bytes  %,d µs%s%n",
                    hex(state.getState()),
                    state.getPages(),
                    state.getBytes(),
                    state.getCostMicros(),
                    state.getPinned() ? "  pinned" : "")));
  }

  @Command(description = "Keeps states until they are unpinned.")
  void pin(
      @Parameters(paramLabel = "NAMESPACE") String namespace,
      @Parameters(paramLabel = "STATE", arity = "0..*", description = "none: all")
          List<String> states) {
    count("pinned", admin -> admin.pin(namespace, keys(states), true));
  }

  @Command(description = "Lets states be given up again.")
  void unpin(
      @Parameters(paramLabel = "NAMESPACE") String namespace,
      @Parameters(paramLabel = "STATE", arity = "0..*", description = "none: all")
          List<String> states) {
    count("unpinned", admin -> admin.pin(namespace, keys(states), false));
  }

  @Command(description = "Gives states up now.")
  void evict(
      @Parameters(paramLabel = "NAMESPACE") String namespace,
      @Parameters(paramLabel = "STATE", arity = "0..*", description = "none: all")
          List<String> states) {
    count("evicted", admin -> admin.evict(namespace, keys(states)));
  }

  @Command(description = "Sets how much a namespace may hold in each of them.")
  void quota(
      @Parameters(paramLabel = "NAMESPACE") String namespace,
      @Parameters(paramLabel = "BYTES", description = "0: as much as there is") long bytes) {
    each(admin -> admin.quota(namespace, bytes));
  }

  @Command(description = "Tells states stored and given up, as it happens, of the first of them.")
  void watch(
      @Parameters(paramLabel = "NAMESPACE", arity = "0..1", defaultValue = "") String namespace) {
    try (var admin = PageCacheAdmin.connect(targets.getFirst(), tls.credentials())) {
      answering(
          targets.getFirst(), () -> admin.watch(namespace, event -> out.println(text(event))));
    }
  }

  private void count(String done, ToLongFunction<PageCacheAdmin> call) {
    each(admin -> out.printf("%d states %s%n", call.applyAsLong(admin), done));
  }

  private void each(Consumer<PageCacheAdmin> call) {
    for (String target : targets) {
      if (targets.size() > 1) {
        out.println(target);
      }
      try (var admin = PageCacheAdmin.connect(target, tls.credentials())) {
        answering(target, () -> call.accept(admin));
      }
    }
  }

  private static void answering(String target, Runnable call) {
    try {
      call.run();
    } catch (ClientException e) {
      if (e.code() == Status.Code.UNAVAILABLE) {
        throw new IllegalStateException("no cache-service answers at " + target, e);
      }
      throw e;
    }
  }

  private static String text(WatchStatesResponse event) {
    return switch (event.getEventCase()) {
      case STORED ->
          "stored   " + event.getStored().getNamespace() + " " + hex(event.getStored().getState());
      case EVICTED ->
          "evicted  "
              + event.getEvicted().getNamespace()
              + " "
              + hex(event.getEvicted().getState());
      case MISSED -> "missed   " + event.getMissed() + " events";
      case EVENT_NOT_SET -> "an event of a newer service";
    };
  }

  private static String hex(PageKey key) {
    return HexFormat.of().formatHex(key.getDigest().toByteArray());
  }

  private static List<PageKey> keys(List<String> states) {
    return states == null ? List.of() : states.stream().map(CacheCommand::key).toList();
  }

  private static PageKey key(String hex) {
    try {
      return PageKey.newBuilder()
          .setDigest(ByteString.copyFrom(HexFormat.of().parseHex(hex)))
          .build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "STATE must be 64 hexadecimal digits, as `cache states` prints it, not " + hex, e);
    }
  }
}
