package dev.unmask.client.command;

import dev.unmask.client.terminal.Streams;
import dev.unmask.gateway.access.ApiKey;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;

/** Makes an API key: the key for its owner, its digest for the gateway's file. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes an API key, and the digest of it that a gateway's tenants file holds.")
final class KeyCommand implements Callable<Integer> {
  private final Streams streams;
  private final RandomGenerator random;

  /** Keys from a source of randomness that nobody can guess. */
  KeyCommand(Streams streams, RandomGenerator random) {
    this.streams = streams;
    this.random = random;
  }

  @Override
  public Integer call() {
    var key = ApiKey.from(random);
    streams.out().println("key:    " + key.reveal());
    streams.out().println("digest: " + key.digest().hex());
    return 0;
  }
}
