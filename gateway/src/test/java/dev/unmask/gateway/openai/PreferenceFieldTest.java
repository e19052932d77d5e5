package dev.unmask.gateway.openai;

import static dev.unmask.gateway.Story.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreferenceFieldTest {
  private final FakeWorker worker =
      FakeWorker.start("w1", Story.measured("mini")).script(Script::tell);
  private final Harness harness = Harness.before(worker);
  private final Http http = new Http(harness.http());

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void completion_latency_getsTheMeasuredMethodAndTellsIt() throws Exception {
    var body =
        "{'model': 'mini', 'prompt': 'a', 'max_tokens': 64, 'temperature': 0.5, 'unmask':"
            + " {'preference': 'latency'}}";
    var answer = Http.read(http.post("/v1/completions", body).body());
    var method = answer.get("choices").get(0).get("unmask").get("method");
    assertThat(method.get("preference").asText()).isEqualTo("latency");
    assertThat(method.get("name").asText()).isEqualTo(SOON.getName());
    assertThat(method.get("spec").get("threshold").get("threshold").asDouble()).isEqualTo(0.5);
    var spec = worker.next().request().getSpec();
    assertThat(spec.hasNoCache()).isTrue();
    assertThat(spec.getGenerationLength()).isEqualTo(64);
    assertThat(spec.getSampling().getTemperature()).isEqualTo(0.5);
    var described = Http.read(http.get("/v1/models/mini").body()).get("preferred_methods");
    assertThat(described.get(0)).isEqualTo(method);
  }

  @Test
  void stream_latency_opensWithTheMethod() throws Exception {
    var body =
        "{'model': 'mini', 'prompt': 'a', 'stream': true, 'unmask': {'preference': 'latency',"
            + " 'canvas_events': true}}";
    var events = Http.events(http.post("/v1/completions", body).body());
    assertThat(events.getFirst()).contains("\"opened\"").contains(SOON.getName());
  }
}
