package dev.unmask.gateway.openai;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** {@code /health} and {@code /version}: of the gateway itself, to whoever asks. */
@Controller
final class Service {
  /** Which version this is. */
  record Version(String version) {}

  private final Version version;

  Service(BuildVersion version) {
    this.version = new Version(version.text());
  }

  /** Whether HTTP is answered; {@code /v1/models} tells whether workers are there. */
  @Get("/health")
  HttpResponse<?> health() {
    return HttpResponse.ok();
  }

  @Get("/version")
  Version version() {
    return version;
  }
}
