package dev.unmask.bench.cpu;

import dev.unmask.client.UnmaskClient;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.WorkerServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A worker and a gateway in this process, asked over the loopback. */
record Served(
    WorkerServer worker, GatewayServer gateway, ManagedChannel channel, UnmaskClient client)
    implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  static Served start(Path model, int threads) {
    var worker =
        WorkerServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.worker.models",
                List.of(model.toString()),
                "unmask.worker.threads",
                threads));
    var address = HOST + ":" + worker.port();
    var gateway =
        GatewayServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.gateway.http",
                false,
                "unmask.gateway.workers",
                address));
    return new Served(
        worker,
        gateway,
        ManagedChannelBuilder.forAddress(HOST, worker.port()).usePlaintext().build(),
        UnmaskClient.connect(HOST + ":" + gateway.port()));
  }

  /** Asks the worker itself; tells how many events came. */
  int askWorker(int[] prompt, int tokens) {
    var model = client.models().getFirst().getIdentity().getName();
    var events =
        DecoderServiceGrpc.newBlockingStub(channel)
            .decode(
                DecodeRequest.newBuilder()
                    .setRequestId("share")
                    .setModel(model)
                    .setNamespace("default")
                    .setPrompt(words(prompt))
                    .setSpec(spec(tokens))
                    .build());
    int count = 0;
    for (DecodeResponse _ : (Iterable<DecodeResponse>) () -> events) {
      count++;
    }
    return count;
  }

  /** Asks the gateway. */
  void askGateway(int[] prompt, int tokens) {
    var request =
        GenerateRequest.newBuilder().setPrompt(words(prompt)).setSpec(spec(tokens)).build();
    client.ask(request, _ -> {});
  }

  private static Prompt words(int[] prompt) {
    return Prompt.newBuilder()
        .setTokens(TokenIds.newBuilder().addAllIds(IntStream.of(prompt).boxed().toList()))
        .build();
  }

  /** As {@link Measured#DUAL_32}. */
  private static DecodingSpec spec(int tokens) {
    return DecodingSpec.newBuilder()
        .setGenerationLength(tokens)
        .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1))
        .setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL)
        .build();
  }

  @Override
  public void close() {
    client.close();
    channel.shutdownNow();
    gateway.close();
    worker.close();
  }
}
