package dev.unmask.gateway.access.tenants;

import static dev.unmask.gateway.access.tenants.TwoTenants.ISSUER;
import static dev.unmask.gateway.access.tenants.TwoTenants.KEY;
import static dev.unmask.gateway.access.tenants.TwoTenants.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.unmask.gateway.access.AccessInterceptor;
import dev.unmask.gateway.access.Issuer;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceImplBase;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.ListModelsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is refused has not been heard: what a call would have done is counted. */
class AccessInterceptorTest {
  private final AtomicInteger handled = new AtomicInteger();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    byte[] text = TwoTenants.TEXT.getBytes(StandardCharsets.UTF_8);
    var keys = Map.of(Issuer.NAME, ISSUER.jwks().getBytes(StandardCharsets.UTF_8));
    var file = new Snapshot(Path.of("tenants.yml"), text, TenantsReader.read(text), keys);
    var local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        NettyServerBuilder.forAddress(local)
            .addService(new Counting())
            .intercept(new AccessInterceptor(file.register(() -> NOW)))
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void call_goodKeyOrToken_isHandled() {
    assertThat(call("Bearer " + KEY.reveal())).isEqualTo(Status.Code.OK);
    assertThat(call("Bearer " + ISSUER.signed(good().build()))).isEqualTo(Status.Code.OK);
    assertThat(handled).hasValue(2);
  }

  static Stream<Arguments> refused() {
    var good = good().build();
    return Stream.of(
        refused("no credential", Status.Code.UNAUTHENTICATED, ""),
        refused("a guessed key", Status.Code.UNAUTHENTICATED, "Bearer umk_guess"),
        refused("a key's digest", Status.Code.UNAUTHENTICATED, "Bearer " + KEY.digest().hex()),
        refused("a key's beginning", Status.Code.UNAUTHENTICATED, "Bearer " + head(KEY.reveal())),
        refused("another scheme", Status.Code.UNAUTHENTICATED, "Basic " + KEY.reveal()),
        refused("alg none", Status.Code.UNAUTHENTICATED, "Bearer " + Issuer.unsigned(good)),
        token("alg HS256 with the public key", ISSUER.signedWithThePublicKey(good)),
        token("an algorithm not agreed on", ISSUER.signedBy(JWSAlgorithm.PS256, good)),
        token("an unknown key's", ISSUER.signedAs("k2", good)),
        token("another's with that key's name", new Issuer("k1").signed(good)),
        token("without its signature", unsigned(ISSUER.signed(good))),
        token("another issuer", signed(good().issuer("https://evil.example"))),
        token("no issuer", signed(good().issuer(null))),
        token("another audience", signed(good().audience("other"))),
        token("expired", signed(good().expirationTime(at(-61)))),
        token("without an end", signed(good().expirationTime(null))),
        token("not valid yet", signed(good().notBeforeTime(at(61)))),
        denied("a scope too few", signed(good().claim("scope", "read"))),
        denied("nobody's", signed(good().subject("nobody"))),
        denied("a tenant by its name", signed(good().subject("acme"))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void call_badCredential_isRefusedAndNotHandled(
      String what, Status.Code code, String authorization) {
    assertThat(call(authorization)).as(what).isEqualTo(code);
    assertThat(handled).as(what).hasValue(0);
  }

  private Status.Code call(String authorization) {
    var headers = new Metadata();
    if (!authorization.isEmpty()) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
    }
    var stub =
        GenerationServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    return Optional.ofNullable(
            catchThrowableOfType(
                StatusRuntimeException.class,
                () -> stub.listModels(ListModelsRequest.getDefaultInstance())))
        .map(failure -> failure.getStatus().getCode())
        .orElse(Status.Code.OK);
  }

  private static Arguments refused(String what, Status.Code code, String authorization) {
    return Arguments.of(what, code, authorization);
  }

  private static Arguments token(String what, String token) {
    return refused(what, Status.Code.UNAUTHENTICATED, "Bearer " + token);
  }

  private static Arguments denied(String what, String token) {
    return refused(what, Status.Code.PERMISSION_DENIED, "Bearer " + token);
  }

  private static JWTClaimsSet.Builder good() {
    return Issuer.claims("acme-app", NOW);
  }

  private static String signed(JWTClaimsSet.Builder claims) {
    return ISSUER.signed(claims.build());
  }

  private static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  private static String head(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static Date at(int seconds) {
    return Date.from(NOW.plusSeconds(seconds));
  }

  /** Answers, and counts that it was asked. */
  private final class Counting extends GenerationServiceImplBase {
    @Override
    public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> out) {
      handled.incrementAndGet();
      out.onNext(ListModelsResponse.newBuilder().addAllModels(List.of()).build());
      out.onCompleted();
    }
  }
}
