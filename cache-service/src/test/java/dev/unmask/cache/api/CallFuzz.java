package dev.unmask.cache.api;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.cache.wire.IncomingChunk;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.fuzz.Finding;
import dev.unmask.pagecache.v1.FindPagesRequest;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * Calls of the cache-service: keys are refused in bounded words, and a call that writes pages,
 * whatever its messages, ends once and leaves no slot behind that holds nothing.
 */
public final class CallFuzz {
  private static final int STATUS_BYTES = 6 << 10;
  private static final SlabStore STORE = store();
  private static final Namespaces NAMESPACES = Namespaces.in(STORE, new StoreCounts());
  private static final MethodDescriptor<IncomingChunk, ?> WRITE = write();

  private CallFuzz() {}

  /**
   * The first byte says what the others are: a message of keys, or messages of WritePages, each
   * behind its length.
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      if (input[0] % 2 == 0) {
        keys(rest);
      } else {
        pages(rest);
      }
    }
  }

  private static void keys(byte[] message) {
    try {
      var request = FindPagesRequest.parseFrom(message);
      var wanted = Wanted.of(request.getNamespace(), request.getKeysList());
      Finding.unless(wanted.keys().size() <= Limits.PAGE_KEYS, "keys");
      Finding.unless(wanted.namespace().length() <= Limits.NAMESPACE_CHARACTERS, "namespace");
    } catch (InvalidProtocolBufferException e) {
      // The transport's word for bytes that are no message.
    } catch (ProblemException e) {
      int bytes = StatusProto.fromThrowable(Problems.toStatus(e)).getSerializedSize();
      Finding.unless(bytes <= STATUS_BYTES, "a status of " + bytes + " bytes");
    }
  }

  private static void pages(byte[] messages) {
    var out = new CountingObserver();
    var call = new PageWriting(NAMESPACES, out);
    int at = 0;
    while (at < messages.length && out.ends() == 0) {
      int size = Math.min(Byte.toUnsignedInt(messages[at]), messages.length - at - 1);
      at++;
      try {
        call.onNext(WRITE.parseRequest(new ByteArrayInputStream(messages, at, size)));
      } catch (StatusRuntimeException e) {
        // Whereupon gRPC ends the call.
        break;
      }
      at += size;
    }
    if (at < messages.length) {
      out.cancel();
    } else {
      call.onCompleted();
      Finding.unless(out.ends() == 1, "a call that ended " + out.ends() + " times");
    }
    // Slots that the call did not give back would sooner or later be missing here.
    var probe = Pages.put(NAMESPACES.of("probe"), Arrays.hashCode(messages), 100);
    Finding.unless(probe != Outcome.REFUSED, "no slot is left");
  }

  private static SlabStore store() {
    try {
      var folder = Files.createTempDirectory("pages");
      return new SlabStore(folder, List.of(new SlotClass(4096, 2)), Pages.RULES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static MethodDescriptor<IncomingChunk, ?> write() {
    return (MethodDescriptor<IncomingChunk, ?>)
        new PageCacheApi(NAMESPACES, STORE::use)
            .bindService()
            .getMethod("unmask.pagecache.v1.PageCacheService/WritePages")
            .getMethodDescriptor();
  }
}
