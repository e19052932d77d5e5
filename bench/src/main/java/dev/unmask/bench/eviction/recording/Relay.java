package dev.unmask.bench.eviction.recording;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Passes every call on to another server, as bytes, and lets somebody look at them. */
final class Relay extends HandlerRegistry {
  private final Channel channel;
  private final Onlooker onlooker;

  /** Sees calls. Called by several threads. */
  interface Onlooker {
    /** A message to the server. */
    void asked(String method, Metadata headers, byte[] message);

    /** A message from the server. */
    void answered(String method, Metadata headers, byte[] message);
  }

  Relay(Channel channel, Onlooker onlooker) {
    this.channel = channel;
    this.onlooker = onlooker;
  }

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
    var method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setFullMethodName(name)
            .setType(MethodDescriptor.MethodType.UNKNOWN)
            .build();
    return ServerMethodDefinition.create(method, new Passing(method));
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A message is asked of one side when the other has taken the one before. */
  private final class Passing implements ServerCallHandler<byte[], byte[]> {
    private final MethodDescriptor<byte[], byte[]> method;

    Passing(MethodDescriptor<byte[], byte[]> method) {
      this.method = method;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(
        ServerCall<byte[], byte[]> caller, Metadata headers) {
      var call = channel.newCall(method, CallOptions.DEFAULT);
      call.start(new Answers(caller, call, headers), headers);
      call.request(1);
      caller.request(1);
      return new Questions(caller, call, headers);
    }

    private final class Questions extends ServerCall.Listener<byte[]> {
      private final ServerCall<byte[], byte[]> caller;
      private final ClientCall<byte[], byte[]> call;
      private final Metadata headers;

      Questions(
          ServerCall<byte[], byte[]> caller, ClientCall<byte[], byte[]> call, Metadata headers) {
        this.caller = caller;
        this.call = call;
        this.headers = headers;
      }

      @Override
      public void onMessage(byte[] message) {
        onlooker.asked(method.getFullMethodName(), headers, message);
        call.sendMessage(message);
        caller.request(1);
      }

      @Override
      public void onHalfClose() {
        call.halfClose();
      }

      @Override
      public void onCancel() {
        call.cancel("the caller left", null);
      }
    }

    private final class Answers extends ClientCall.Listener<byte[]> {
      private final ServerCall<byte[], byte[]> caller;
      private final ClientCall<byte[], byte[]> call;
      private final Metadata asked;

      Answers(ServerCall<byte[], byte[]> caller, ClientCall<byte[], byte[]> call, Metadata asked) {
        this.caller = caller;
        this.call = call;
        this.asked = asked;
      }

      @Override
      public void onHeaders(Metadata headers) {
        caller.sendHeaders(headers);
      }

      @Override
      public void onMessage(byte[] message) {
        onlooker.answered(method.getFullMethodName(), asked, message);
        caller.sendMessage(message);
        call.request(1);
      }

      @Override
      public void onClose(Status status, Metadata trailers) {
        caller.close(status, trailers);
      }
    }
  }
}
