package dev.unmask.gateway.access.tenants;

import dev.unmask.contract.Limits;
import dev.unmask.fuzz.Finding;
import dev.unmask.gateway.access.Tenant;

/** Tenants files: refused as the boot expects it, or within their bounds. */
public final class TenantsFileFuzz {
  private TenantsFileFuzz() {}

  /** The whole input is the file. */
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      var file = TenantsReader.read(input);
      Finding.unless(file.tenants().size() <= Limits.TENANTS, "tenants");
      Finding.unless(
          file.tenants().stream().allMatch(t -> t.keys().size() <= Limits.TENANT_KEYS), "keys");
      Finding.unless(
          file.tenants().stream()
              .map(Tenant::namespace)
              .allMatch(name -> name.matches("[a-z0-9-]{1," + Limits.NAMESPACE_CHARACTERS + "}")),
          "a namespace");
    } catch (IllegalArgumentException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }
}
