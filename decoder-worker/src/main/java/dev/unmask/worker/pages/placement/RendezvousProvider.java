package dev.unmask.worker.pages.placement;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.protobuf.services.HealthCheckingLoadBalancerUtil;
import java.util.Map;

/**
 * Makes {@link RendezvousBalancer}s, which heed health where the service config asks for it; gRPC
 * finds it by name.
 */
public final class RendezvousProvider extends LoadBalancerProvider {
  /** Name of the policy. */
  public static final String POLICY = "unmask_rendezvous";

  private static final String CONNECTIONS = "connections";

  /** For gRPC, which loads it as a service. */
  public RendezvousProvider() {}

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return 5;
  }

  @Override
  public String getPolicyName() {
    return POLICY;
  }

  /**
   * A service config's part for this policy.
   *
   * @param connections to each instance, at least 1
   */
  static Map<String, ?> config(int connections) {
    return Map.of(POLICY, Map.of(CONNECTIONS, (double) connections));
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
    return ConfigOrError.fromConfig(
        config.get(CONNECTIONS) instanceof Double number ? number.intValue() : 1);
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return HealthCheckingLoadBalancerUtil.newHealthCheckingLoadBalancer(
        new LoadBalancer.Factory() {
          @Override
          public LoadBalancer newLoadBalancer(LoadBalancer.Helper watching) {
            return new RendezvousBalancer(watching);
          }
        },
        helper);
  }
}
