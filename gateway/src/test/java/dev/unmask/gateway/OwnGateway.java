package dev.unmask.gateway;

import static dev.unmask.gateway.Story.request;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, with the flags it is shipped with, and a client. */
public final class OwnGateway implements AutoCloseable {
  private final Process process;
  private final ManagedChannel channel;

  private OwnGateway(Process process, int port) {
    this.process = process;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Starts one that polls every 50 ms, with further flags of the JVM. */
  public static OwnGateway start(List<String> flags, String workers) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "jvm.flags"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GatewayServer.class.getName());
    command.add("--grpc.server.port=0");
    command.add("--unmask.gateway.http=false");
    command.add("--unmask.gateway.poll-interval=50ms");
    command.add("--unmask.gateway.discovery-interval=1s");
    command.add("--unmask.gateway.workers=" + workers);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    var ready = new BufferedReader(output).readLine();
    return new OwnGateway(process, Integer.parseInt(ready.replace("READY gateway ", "")));
  }

  /** Whether a worker answers a request that names it: OK, or how the request failed. */
  public Status.Code answer(String worker) {
    try {
      return last(generate(worker)).hasClosed() ? Status.Code.OK : Status.Code.UNKNOWN;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  /** Sends a request to a worker. */
  public Iterator<GenerateResponse> generate(String worker) {
    return GenerationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(Harness.CALL_TIME.toSeconds(), TimeUnit.SECONDS)
        .generate(request().setWorker(worker).build());
  }

  /** The last event of a request. */
  public static GenerateResponse last(Iterator<GenerateResponse> events) {
    var last = events.next();
    while (events.hasNext()) {
      last = events.next();
    }
    return last;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    process.destroyForcibly();
  }
}
