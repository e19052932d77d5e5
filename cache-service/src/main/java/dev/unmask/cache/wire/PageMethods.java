package dev.unmask.cache.wire;

import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.ServerCalls.ClientStreamingMethod;
import io.grpc.stub.ServerCalls.ServerStreamingMethod;

/**
 * The two methods of {@code PageCacheService} that carry pages, as methods of {@link OutgoingChunk}
 * and {@link IncomingChunk}: same names, same bytes as the generated ones.
 */
public final class PageMethods {
  private final ServerStreamingMethod<ReadPagesRequest, OutgoingChunk> read;
  private final ClientStreamingMethod<IncomingChunk, WritePagesResponse> write;

  /** Serves reads and writes so. */
  public PageMethods(
      ServerStreamingMethod<ReadPagesRequest, OutgoingChunk> read,
      ClientStreamingMethod<IncomingChunk, WritePagesResponse> write) {
    this.read = read;
    this.write = write;
  }

  /** The generated service with these two methods in place of its own. */
  public ServerServiceDefinition in(ServerServiceDefinition generated) {
    var reads =
        ServerMethodDefinition.create(reading(), ServerCalls.asyncServerStreamingCall(read));
    var writes =
        ServerMethodDefinition.create(writing(), ServerCalls.asyncClientStreamingCall(write));
    var schema = generated.getServiceDescriptor();
    var descriptor =
        ServiceDescriptor.newBuilder(schema.getName())
            .setSchemaDescriptor(schema.getSchemaDescriptor());
    for (var method : schema.getMethods()) {
      descriptor.addMethod(
          switch (method.getBareMethodName()) {
            case "ReadPages" -> reads.getMethodDescriptor();
            case "WritePages" -> writes.getMethodDescriptor();
            default -> method;
          });
    }
    var service = ServerServiceDefinition.builder(descriptor.build());
    service.addMethod(reads).addMethod(writes);
    for (var method : generated.getMethods()) {
      switch (method.getMethodDescriptor().getBareMethodName()) {
        case "ReadPages", "WritePages" -> {}
        default -> service.addMethod(method);
      }
    }
    return service.build();
  }

  private static MethodDescriptor<ReadPagesRequest, OutgoingChunk> reading() {
    MethodDescriptor<ReadPagesRequest, ReadPagesResponse> generated =
        PageCacheServiceGrpc.getReadPagesMethod();
    return generated.toBuilder(generated.getRequestMarshaller(), new OutgoingMarshaller()).build();
  }

  private static MethodDescriptor<IncomingChunk, WritePagesResponse> writing() {
    MethodDescriptor<WritePagesRequest, WritePagesResponse> generated =
        PageCacheServiceGrpc.getWritePagesMethod();
    return generated.toBuilder(new IncomingMarshaller(), generated.getResponseMarshaller()).build();
  }
}
