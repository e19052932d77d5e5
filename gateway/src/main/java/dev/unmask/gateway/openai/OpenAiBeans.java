package dev.unmask.gateway.openai;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

/** How the API is put together. */
@Factory
final class OpenAiBeans {
  @Singleton
  Stamps stamps() {
    return new Stamps(new SecureRandom(), InstantSource.system());
  }

  @Singleton
  BuildVersion version() {
    return BuildVersion.read();
  }
}
