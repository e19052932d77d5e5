package dev.unmask.gateway.session;

import static dev.unmask.gateway.Story.closed;
import static dev.unmask.gateway.Story.opened;
import static dev.unmask.gateway.session.Stage.checkpoint;
import static dev.unmask.gateway.session.Stage.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker is taken out of the fleet while it has a request, or is about to. */
class LeavingWorkerTest {
  private final Stage stage = Stage.of(2);
  private final FakeClient client = stage.client.ready(true);
  private final ScriptedWorker first = stage.worker("w1");
  private final ScriptedWorker second = stage.worker("w2");

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void worker_thatLeaves_endsItsRequest() {
    stage.open("w1");
    stage.become(List.of("w2"));
    stage.pass(Stage.POLL);
    first.tell(opened("r"), checkpoint(0, 0, 1, 9), step(0, 1, 5), closed());
    first.complete();
    assertThat(client.completed).isTrue();
    assertThat(second.requests).isEmpty();
  }

  @Test
  void worker_thatLeavesForTooLong_isReplacedWhereItWas() {
    stage.open("w1");
    first.tell(opened("r"), checkpoint(0, 0, 1, 9, 9), step(0, 1, 5));
    stage.become(List.of("w2"));
    stage.timer.advance(Limits.WORKER_LEAVE_TIME);
    assertThat(first.cancelled).isEqualTo(1);
    assertThat(second.requests.getLast().getResumption().getSteps()).isEqualTo(1);
    assertThat(client.failure).isEmpty();
  }

  @Test
  void worker_thatIsGoneWhenItIsSentARequest_isReplaced() {
    var chosen = stage.view("w1");
    stage.become(List.of("w2"));
    stage.pass(Stage.POLL);
    stage.open(chosen, Optional.empty());
    assertThat(first.requests).isEmpty();
    assertThat(second.requests).hasSize(1);
    assertThat(client.failure).isEmpty();
  }
}
