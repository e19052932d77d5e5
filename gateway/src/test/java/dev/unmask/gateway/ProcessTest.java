package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.generation.v1.GenerationServiceGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProcessTest {
  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @Test
  @Timeout(60)
  void main_servesAfterReadyAndEndsOnSigterm() throws Exception {
    try (var worker = FakeWorker.start("w1", model("mini"))) {
      var process = gateway("--unmask.gateway.workers=" + worker.address());
      try {
        int port = Integer.parseInt(firstLine(process).replace("READY gateway ", ""));
        assertThat(eventsFrom(port)).isEqualTo(7);
      } finally {
        process.destroy();
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
    }
  }

  private static Process gateway(String setting) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            GatewayServer.class.getName(),
            "--grpc.server.port=0",
            "--unmask.gateway.http=false",
            setting);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String firstLine(Process process) throws IOException {
    var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
    return new BufferedReader(output).readLine();
  }

  private static long eventsFrom(int port) {
    var channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      var events = GenerationServiceGrpc.newBlockingStub(channel).generate(request().build());
      var count = 0L;
      while (events.hasNext()) {
        events.next();
        count++;
      }
      return count;
    } finally {
      channel.shutdownNow();
    }
  }
}
