package dev.unmask.bench.blocks.device;

import com.google.protobuf.TextFormat;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.WorkerServer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A worker in this process, asked directly, one request at a time. */
record BlockWorker(Setting setting, Way way, WorkerServer server, ManagedChannel channel)
    implements AutoCloseable {
  private static final int WORDS = 2000;
  private static final int GENERATION = 32;
  private static final int KEYS_MIB = 8192;
  private static final int SLOTS = 2;

  static BlockWorker start(Setting setting, Way way, Store store) {
    Map<String, Object> settings = new HashMap<>(way.settings(store));
    settings.put("grpc.server.port", 0);
    settings.put("unmask.worker.name", "worker-1");
    settings.put("unmask.worker.models", setting.model().toString());
    settings.put("unmask.worker.device", setting.device());
    settings.put("unmask.worker.slots", SLOTS);
    settings.put("unmask.worker.namespaces.default", "a secret that all share");
    if (setting.gpu()) {
      settings.put("unmask.worker.kv-memory-mib", KEYS_MIB);
    }
    var server = WorkerServer.start(settings);
    return new BlockWorker(
        setting,
        way,
        server,
        ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
  }

  /** Asks for 32 tokens, each block of which is committed in one step. */
  Sample ask(Asked asked) {
    return ask(asked, GENERATION);
  }

  /** Asks for so many. */
  Sample ask(Asked asked, int generation) {
    var events =
        DecoderServiceGrpc.newBlockingStub(channel)
            .decode(
                DecodeRequest.newBuilder()
                    .setRequestId("device-blocks")
                    .setModel(setting.name())
                    .setNamespace("default")
                    .setPrompt(prompt(asked))
                    .setSpec(spec(generation))
                    .build());
    var closed = Closed.getDefaultInstance();
    while (events.hasNext()) {
      var event = events.next();
      closed = event.hasClosed() ? event.getClosed() : closed;
    }
    return Sample.of(way, asked, closed.getUsage());
  }

  private static Prompt prompt(Asked asked) {
    var tokens = TokenIds.newBuilder();
    new Random(31L * asked.number() + asked.length())
        .ints(asked.length(), 0, WORDS)
        .forEach(tokens::addIds);
    return Prompt.newBuilder().setTokens(tokens).build();
  }

  private static DecodingSpec spec(int generation) {
    var text =
        """
        threshold { threshold: 1e-6 } generation_length: %d
        end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL
        """
            .formatted(generation);
    try {
      return TextFormat.parse(text, DecodingSpec.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
