package dev.unmask.gateway.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.gateway.Harness;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/playground.js, javascript",
    "/playground.css, text/css",
    "/icon.svg, image/svg+xml"
  })
  void get_thePagesFiles_areServedUnderAStrictPolicy(String path, String type) throws Exception {
    try (var harness = Harness.at("127.0.0.1:1");
        var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(harness.http().resolve(path)).build();
      var response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type").orElseThrow()).contains(type);
      assertThat(response.headers().firstValue("content-security-policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(response.body()).doesNotContain("https://", "style=", "onclick");
    }
  }
}
