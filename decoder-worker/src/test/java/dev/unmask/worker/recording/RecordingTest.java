package dev.unmask.worker.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import dev.unmask.worker.WorkerServer;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flight Recorder's events of a request to a real worker. */
@Timeout(120)
class RecordingTest {
  private static final String MODEL = "unmask-mini-llada";

  /** As it is shipped. */
  private static final Path SETTINGS = Path.of("..", "deploy", "observability", "unmask.jfc");

  @TempDir private Path folder;

  @Test
  void recording_ofARequest_hasItsForwardsStepsAndFetch() throws Exception {
    try (var worker = WorkerServer.start(settings())) {
      ask(worker);
      Usage usage;
      List<RecordedEvent> events;
      try (var recording = new Recording(Configuration.create(SETTINGS))) {
        recording.start();
        usage = ask(worker);
        recording.stop();
        recording.dump(folder.resolve("a.jfr"));
        events = RecordingFile.readAllEvents(folder.resolve("a.jfr"));
      }

      var forwards = named(events, "EngineForward");
      assertThat(forwards).hasSize(usage.getSteps());
      assertThat(forwards)
          .allSatisfy(forward -> {
            assertThat(forward.getString("model")).isEqualTo(MODEL);
            assertThat(forward.getDuration()).isPositive();
            assertThat(forward.getInt("steps")).isOne();
            assertThat(forward.getInt("keys")).isPositive();
          });
      assertThat(forwards.stream().mapToLong(forward -> forward.getInt("rows")).sum())
          .isEqualTo(usage.getRowsComputed());
      assertThat(forwards.getFirst().getInt("refreshRows")).isPositive();
      assertThat(named(events, "EngineStep"))
          .hasSize(usage.getSteps())
          .noneMatch(step -> step.getBoolean("failed"))
          .allMatch(step -> !step.getDuration("waited").isNegative());
      assertThat(named(events, "PageFetch")).hasSize(1);
      assertThat(events.toString()).doesNotContain("clementine");
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.unmask." + name))
        .toList();
  }

  private static Map<String, Object> settings() {
    var settings = new HashMap<String, Object>();
    settings.put("grpc.server.port", 0);
    settings.put("unmask.worker.name", "recorded");
    settings.put("unmask.worker.models", "../models/" + MODEL);
    settings.put("unmask.worker.threads", 1);
    return settings;
  }

  private static Usage ask(WorkerServer worker) {
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", worker.port()).usePlaintext().build();
    try {
      var events =
          DecoderServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(1, TimeUnit.MINUTES)
              .decode(
                  DecodeRequest.newBuilder()
                      .setRequestId("request")
                      .setModel(MODEL)
                      .setNamespace("default")
                      .setPrompt(Prompt.newBuilder().setText("clementine 3+4="))
                      .build());
      var last = DecodeResponse.getDefaultInstance();
      while (events.hasNext()) {
        last = events.next();
      }
      return last.getClosed().getUsage();
    } finally {
      channel.shutdownNow();
    }
  }
}
