package dev.unmask.gateway.access.tenants;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.Names;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.access.TokenClaim;
import dev.unmask.gateway.access.TokenIssuer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a tenants file says.
 *
 * @param issuers whose tokens are believed; each once
 * @param tenants at least one; names, namespaces, keys and claims belong to one each
 */
record TenantsFile(List<TokenIssuer> issuers, List<Tenant> tenants) {
  TenantsFile {
    issuers = List.copyOf(issuers);
    tenants = List.copyOf(tenants);
    Names.require(!tenants.isEmpty(), "tenants must name at least one tenant");
    Names.atMost("tenants", tenants, Limits.TENANTS);
    Names.atMost("issuers", issuers, Limits.TENANTS);
    Names.distinct("issuers", issuers.stream().map(TokenIssuer::issuer).toList());
    Names.distinct("tenants.name", tenants.stream().map(Tenant::name).toList());
    Names.distinct("tenants.namespace", tenants.stream().map(Tenant::namespace).toList());
    Names.distinct("tenants.keys", tenants.stream().flatMap(t -> t.keys().stream()).toList());
    Names.distinct("tenants.tokens", tenants.stream().flatMap(t -> t.tokens().stream()).toList());
    var own = tenants.stream().map(Tenant::namespace).collect(Collectors.toSet());
    Names.require(
        tenants.stream().flatMap(t -> t.publicNamespaces().stream()).noneMatch(own::contains),
        "tenants.public-namespaces must be no tenant's own namespace");
    var known = issuers.stream().map(TokenIssuer::issuer).collect(Collectors.toSet());
    tenants.stream()
        .flatMap(tenant -> tenant.tokens().stream())
        .map(TokenClaim::issuer)
        .filter(named -> !known.contains(named))
        .findFirst()
        .ifPresent(named -> {
          throw new IllegalArgumentException(
              "tenants.tokens names no issuer of this file: " + named);
        });
  }
}
