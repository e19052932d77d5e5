package dev.unmask.gateway.access;

import io.grpc.Context;

/** The tenant of the call that runs. */
public final class CallTenant {
  private static final Context.Key<Tenant> KEY = Context.key("tenant");

  private CallTenant() {}

  /**
   * Who calls; asked inside the call.
   *
   * @throws IllegalStateException if nothing asked who it is: a call must not get that far
   */
  public static Tenant get() {
    var tenant = KEY.get();
    if (tenant == null) {
      throw new IllegalStateException("a call without a tenant");
    }
    return tenant;
  }

  static Context with(Tenant tenant) {
    return Context.current().withValue(KEY, tenant);
  }
}
