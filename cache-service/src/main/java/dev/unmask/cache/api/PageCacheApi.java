package dev.unmask.cache.api;

import dev.unmask.cache.slab.SlabLayout;
import dev.unmask.cache.slab.SlotUse;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.wire.IncomingChunk;
import dev.unmask.cache.wire.OutgoingChunk;
import dev.unmask.cache.wire.PageMethods;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.FindPagesResponse;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.GetCapabilitiesResponse;
import dev.unmask.pagecache.v1.LocatePagesRequest;
import dev.unmask.pagecache.v1.LocatePagesResponse;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.pagecache.v1.ReportPagesRequest;
import dev.unmask.pagecache.v1.ReportPagesResponse;
import dev.unmask.pagecache.v1.WritePagesResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The service as gRPC sees it. */
public final class PageCacheApi implements BindableService, PageCacheServiceGrpc.AsyncService {
  private final Namespaces namespaces;
  private final Supplier<List<SlotUse>> use;
  private final Optional<SlabLayout> layout;

  /** Serves pages by namespace, by streams only. */
  public PageCacheApi(Namespaces namespaces, Supplier<List<SlotUse>> use) {
    this(namespaces, use, Optional.empty());
  }

  /**
   * Serves pages by namespace.
   *
   * @param layout of the store's files, for callers that map them; empty: they may not
   */
  public PageCacheApi(
      Namespaces namespaces, Supplier<List<SlotUse>> use, Optional<SlabLayout> layout) {
    this.namespaces = namespaces;
    this.use = use;
    this.layout = layout;
  }

  @Override
  public void getCapabilities(
      GetCapabilitiesRequest request, StreamObserver<GetCapabilitiesResponse> out) {
    var response =
        GetCapabilitiesResponse.newBuilder()
            .setMaxChunkBytes(Limits.PAGE_CHUNK_BYTES)
            .setMaxKeys(Limits.PAGE_KEYS);
    use.get().forEach(slots -> response.addSlotClasses(SlotMessages.of(slots)));
    layout.map(Locations::mapping).ifPresent(response::setMapping);
    out.onNext(response.build());
    out.onCompleted();
  }

  @Override
  public void findPages(FindPagesRequest request, StreamObserver<FindPagesResponse> out) {
    try {
      var wanted = Wanted.of(request.getNamespace(), request.getKeysList());
      var store = namespaces.of(wanted.namespace());
      var response = FindPagesResponse.newBuilder();
      wanted.keys().forEach(key -> response.addLengths(store.find(key)));
      out.onNext(response.build());
      out.onCompleted();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  @Override
  public void locatePages(LocatePagesRequest request, StreamObserver<LocatePagesResponse> out) {
    if (layout.isEmpty()) {
      PageCacheServiceGrpc.AsyncService.super.locatePages(request, out);
      return;
    }
    try {
      var wanted = Wanted.of(request.getNamespace(), request.getKeysList());
      out.onNext(Locations.of(namespaces.of(wanted.namespace()), wanted.keys()));
      out.onCompleted();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  /** The service, with pages going past protobuf. */
  @Override
  public ServerServiceDefinition bindService() {
    return new PageMethods(this::read, this::write).in(PageCacheServiceGrpc.bindService(this));
  }

  private void read(ReadPagesRequest request, StreamObserver<OutgoingChunk> out) {
    try {
      var wanted = Wanted.of(request.getNamespace(), request.getKeysList());
      new PageReading(
              namespaces.of(wanted.namespace()),
              wanted.keys(),
              (ServerCallStreamObserver<OutgoingChunk>) out)
          .start();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  private StreamObserver<IncomingChunk> write(StreamObserver<WritePagesResponse> out) {
    return new PageWriting(namespaces, (ServerCallStreamObserver<WritePagesResponse>) out);
  }

  @Override
  public void reportPages(ReportPagesRequest request, StreamObserver<ReportPagesResponse> out) {
    try {
      var wanted = Wanted.of(request.getNamespace(), request.getKeysList());
      var store = namespaces.of(wanted.namespace());
      long quarantined =
          wanted.keys().stream()
              .filter(
                  key -> store.quarantine(key, record -> PageRecord.open(key, record).isEmpty()))
              .count();
      out.onNext(ReportPagesResponse.newBuilder().setQuarantined((int) quarantined).build());
      out.onCompleted();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }
}
