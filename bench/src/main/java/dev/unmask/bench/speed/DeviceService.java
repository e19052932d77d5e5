package dev.unmask.bench.speed;

import dev.unmask.client.UnmaskClient;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.worker.WorkerServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A gateway and a worker in this process, serving a model of a published shape with random weights,
 * without a cache-service.
 */
record DeviceService(WorkerServer worker, GatewayServer gateway, UnmaskClient client)
    implements AutoCloseable {
  /**
   * Starts both.
   *
   * @param arguments device, shape, folder of the weights (made if they are not there), a shipped
   *     model's folder whose tokenizer is lent; the rest is not looked at
   */
  static DeviceService start(String... arguments) throws IOException {
    var folder = Path.of(arguments[2]);
    RandomCheckpoint.named(arguments[1]).prepare(folder, Path.of(arguments[3]));
    var worker =
        WorkerServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.worker.name",
                "worker-1",
                "unmask.worker.models",
                folder.toString(),
                "unmask.worker.device",
                arguments[0]));
    var gateway =
        GatewayServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.gateway.http",
                false,
                "unmask.gateway.workers",
                "127.0.0.1:" + worker.port()));
    return new DeviceService(worker, gateway, UnmaskClient.connect("127.0.0.1:" + gateway.port()));
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    worker.close();
  }
}
