package dev.unmask.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.gateway.Story;
import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationSessionTest {
  private final Client client = new Client();
  private final WorkerCall worker = new WorkerCall();
  private final GenerationSession session = new GenerationSession(client, lost -> {});

  @Test
  void onNext_clientReady_asksForOneMore() {
    session.beforeStart(worker);
    client.ready = true;
    session.onNext(Story.delta(0));
    session.onNext(Story.delta(1));
    assertThat(worker.asked).isEqualTo(2);
    assertThat(client.events).hasSize(2);
  }

  @Test
  void onNext_clientNotReady_asksOnlyOnceItIs() {
    session.beforeStart(worker);
    session.onNext(Story.delta(0));
    assertThat(client.events).hasSize(1);
    assertThat(worker.asked).isZero();
    client.becomeReady();
    client.becomeReady();
    assertThat(worker.asked).isEqualTo(1);
  }

  @Test
  void onNext_checkpoint_isKeptFromTheClientAndPaced() {
    session.beforeStart(worker);
    session.onNext(Story.checkpoint());
    assertThat(client.events).isEmpty();
    assertThat(worker.asked).isZero();
    client.becomeReady();
    assertThat(worker.asked).isEqualTo(1);
  }

  @Test
  void onReady_beforeTheFirstEvent_asksForNothing() {
    client.becomeReady();
    session.beforeStart(worker);
    client.becomeReady();
    assertThat(worker.asked).isZero();
  }

  /** A client whose readiness a test sets. */
  private static final class Client extends ServerCallStreamObserver<GenerateResponse> {
    private final List<GenerateResponse> events = new ArrayList<>();
    private Runnable onReady = () -> {};
    private boolean ready;

    private void becomeReady() {
      ready = true;
      onReady.run();
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void onNext(GenerateResponse event) {
      events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {}
  }

  /** A call to a worker that counts what was asked for. */
  private static final class WorkerCall extends ClientCallStreamObserver<DecodeRequest> {
    private int asked;

    @Override
    public void request(int count) {
      asked += count;
    }

    @Override
    public void cancel(String message, Throwable cause) {}

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void disableAutoRequestWithInitial(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void onNext(DecodeRequest request) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
