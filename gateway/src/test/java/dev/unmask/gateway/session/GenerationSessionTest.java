package dev.unmask.gateway.session;

import static dev.unmask.gateway.session.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.gateway.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The relay between one client and one worker. */
class GenerationSessionTest {
  private final Stage stage = Stage.of(1);
  private final FakeClient client = stage.client;
  private final ScriptedWorker worker = stage.worker("w1");

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void onNext_clientReady_asksForOneMore() {
    client.ready(true);
    stage.open("w1");
    worker.tell(step(0), step(1), step(2));
    assertThat(client.events).hasSize(3);
  }

  @Test
  void onNext_clientNotReady_asksOnlyOnceItIs() {
    stage.open("w1");
    worker.tell(step(0), step(1), step(2));
    assertThat(client.events).hasSize(1);
    client.ready(true);
    assertThat(client.events).hasSize(3);
  }

  @Test
  void onNext_checkpoint_isKeptFromTheClientAndPaced() {
    stage.open("w1");
    worker.tell(Story.checkpoint(), step(0));
    assertThat(client.events).isEmpty();
    client.ready(true);
    assertThat(client.events).hasSize(1);
  }

  @Test
  void onReady_beforeTheFirstEvent_asksForNothing() {
    stage.open("w1");
    client.ready(true);
    client.ready(false);
    worker.tell(step(0), step(1));
    assertThat(client.events).hasSize(1);
  }

  @Test
  void open_clientLeftMeanwhile_asksNoWorker() {
    client.cancel();
    stage.open("w1");
    assertThat(worker.requests).isEmpty();
  }

  @Test
  void cancel_whileDecoding_reachesTheWorker() {
    stage.open("w1");
    client.cancel();
    assertThat(worker.cancelled).isEqualTo(1);
  }
}
