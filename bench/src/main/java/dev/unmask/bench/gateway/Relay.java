package dev.unmask.bench.gateway;

import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.ServiceProcess;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;

/** A worker that computes nothing, in this process, and a gateway before it, in one of its own. */
record Relay(
    TellingWorker worker, ServiceProcess gateway, ManagedChannel direct, ManagedChannel relayed)
    implements AutoCloseable {
  private static final Prompt PROMPT = Prompt.newBuilder().setText("How many?").build();

  /** A way to have so many tokens told. */
  @FunctionalInterface
  interface Way {
    Iterator<?> call(int tokens);
  }

  /**
   * Starts both.
   *
   * @param flags file of JVM flags
   * @param step time between two messages of a stream; zero: as fast as they are read
   */
  static Relay start(Path flags, Duration step) throws IOException {
    var worker = new TellingWorker(step);
    var gateway =
        OwnProcesses.likeThis(flags, System.err, System.err::println)
            .launch(
                Role.GATEWAY,
                "gateway",
                Map.of(
                    "grpc.server.port",
                    0,
                    "unmask.gateway.http",
                    false,
                    "unmask.gateway.workers",
                    worker.address()));
    return new Relay(worker, gateway, channel(worker.address()), channel(gateway.address()));
  }

  private static ManagedChannel channel(String address) {
    return ManagedChannelBuilder.forTarget(address).usePlaintext().build();
  }

  /** The worker, asked as a gateway asks it. */
  Way straight() {
    var stub = DecoderServiceGrpc.newBlockingStub(direct);
    return tokens ->
        stub.decode(
            DecodeRequest.newBuilder()
                .setRequestId("r")
                .setModel("none")
                .setNamespace("default")
                .setPrompt(PROMPT)
                .setSpec(spec(tokens))
                .build());
  }

  /** The gateway, asked as a client asks it. */
  Way through() {
    var stub = GenerationServiceGrpc.newBlockingStub(relayed);
    return tokens ->
        stub.generate(GenerateRequest.newBuilder().setPrompt(PROMPT).setSpec(spec(tokens)).build());
  }

  private static DecodingSpec spec(int tokens) {
    return DecodingSpec.newBuilder().setGenerationLength(tokens).build();
  }

  @Override
  public void close() {
    direct.shutdownNow();
    relayed.shutdownNow();
    gateway.close();
    worker.close();
  }
}
