package dev.unmask.gateway.discovery.xds;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.UInt32Value;
import dev.unmask.gateway.FakeWorker;
import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.LoadBalancingPolicy;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A control plane that has one service: a listener, its route, a cluster and the cluster's
 * endpoints. What it says is what operators would configure (docs/discovery.md).
 */
final class ControlPlane implements AutoCloseable {
  static final String SERVICE = "workers.test";

  private static final String CLUSTER = "workers";
  private static final String NODE = "gateway";

  private final SimpleCache<String> cache = new SimpleCache<>(_ -> NODE);
  private final Server server;
  private final int port;
  private Consumer<Cluster.Builder> change = _ -> {};
  private int version;

  /** One on a port; 0: any free one. */
  ControlPlane(int port) throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(new V3DiscoveryServer(cache).getAggregatedDiscoveryServiceImpl())
            .build()
            .start();
    this.port = server.getPort();
  }

  int port() {
    return port;
  }

  /** Where gRPC's xDS client finds this control plane. */
  Path bootstrap(Path file) throws IOException {
    return Files.writeString(
        file,
        """
        {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}]}],
         "node": {"id": "%s"},
         "certificate_providers": {"mesh": {"plugin_name": "file_watcher",
           "config": {"ca_certificate_file": "ca.pem", "refresh_interval": "60s"}}}}
        """
            .formatted(port(), NODE));
  }

  /** From the next word on the cluster differs from what the documentation says. */
  void change(Consumer<Cluster.Builder> change) {
    this.change = change;
  }

  /** The service has these endpoints from now on, each in a locality of its own. */
  void has(List<FakeWorker> workers, FakeWorker... draining) {
    has(
        Stream.concat(
                workers.stream().map(worker -> endpoint(worker, HealthStatus.HEALTHY)),
                Stream.of(draining).map(worker -> endpoint(worker, HealthStatus.DRAINING)))
            .toList());
  }

  private void has(List<LbEndpoint> endpoints) {
    var assignment = ClusterLoadAssignment.newBuilder().setClusterName(CLUSTER);
    for (int i = 0; i < endpoints.size(); i++) {
      assignment.addEndpoints(
          LocalityLbEndpoints.newBuilder()
              .setLocality(Locality.newBuilder().setZone("zone-" + i))
              .setLoadBalancingWeight(UInt32Value.of(1))
              .addLbEndpoints(endpoints.get(i)));
    }
    version++;
    cache.setSnapshot(
        NODE,
        Snapshot.create(
            List.of(cluster()),
            List.of(assignment.build()),
            List.of(listener()),
            List.of(),
            List.of(),
            Integer.toString(version)));
  }

  private static LbEndpoint endpoint(FakeWorker worker, HealthStatus health) {
    var address =
        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(worker.port()).build();
    return LbEndpoint.newBuilder()
        .setHealthStatus(health)
        .setEndpoint(
            Endpoint.newBuilder().setAddress(Address.newBuilder().setSocketAddress(address)))
        .build();
  }

  private Cluster cluster() {
    var aggregated =
        ConfigSource.newBuilder().setAds(AggregatedConfigSource.getDefaultInstance()).build();
    var directory =
        TypedStruct.newBuilder()
            .setTypeUrl("type.googleapis.com/" + DirectoryProvider.POLICY)
            .build();
    var cluster =
        Cluster.newBuilder()
            .setName(CLUSTER)
            .setType(Cluster.DiscoveryType.EDS)
            .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder().setEdsConfig(aggregated))
            .setLoadBalancingPolicy(
                LoadBalancingPolicy.newBuilder()
                    .addPolicies(
                        LoadBalancingPolicy.Policy.newBuilder()
                            .setTypedExtensionConfig(
                                TypedExtensionConfig.newBuilder()
                                    .setName("workers")
                                    .setTypedConfig(Any.pack(directory)))));
    change.accept(cluster);
    return cluster.build();
  }

  private static Listener listener() {
    var route =
        Route.newBuilder()
            .setMatch(RouteMatch.newBuilder().setPrefix(""))
            .setRoute(RouteAction.newBuilder().setCluster(CLUSTER));
    var routes =
        RouteConfiguration.newBuilder()
            .setName("routes")
            .addVirtualHosts(
                VirtualHost.newBuilder().setName("all").addDomains("*").addRoutes(route));
    var manager =
        HttpConnectionManager.newBuilder()
            .setRouteConfig(routes)
            .addHttpFilters(
                HttpFilter.newBuilder()
                    .setName("router")
                    .setTypedConfig(Any.pack(Router.getDefaultInstance())));
    return Listener.newBuilder()
        .setName(SERVICE)
        .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager.build())))
        .build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
