package dev.unmask.gateway.openai;

import io.micronaut.grpc.server.GrpcEmbeddedServer;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** {@code /health} and {@code /version}: of the gateway itself, to whoever asks. */
@Controller
final class Service {
  /**
   * Which version this is.
   *
   * @param grpcPort where it speaks gRPC
   */
  record Version(String version, int grpcPort) {}

  private final BuildVersion version;
  private final GrpcEmbeddedServer grpc;

  Service(BuildVersion version, GrpcEmbeddedServer grpc) {
    this.version = version;
    this.grpc = grpc;
  }

  /** Whether HTTP is answered; {@code /v1/models} tells whether workers are there. */
  @Get("/health")
  HttpResponse<?> health() {
    return HttpResponse.ok();
  }

  @Get("/version")
  Version version() {
    return new Version(version.text(), grpc.getPort());
  }
}
