package dev.unmask.gateway.access;

import dev.unmask.contract.Limits;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who may send requests.
 *
 * @param name 1 to 64 characters of [a-z0-9-]
 * @param namespace whose states its requests share; no other tenant's; default: its name
 * @param keys digests of its API keys
 * @param tokens which signed tokens are its
 * @param publicNamespaces namespaces it may share in beside its own
 * @param quotas what it may ask for; default: anything
 * @param logPrompts whether the log may hold its prompts; default: it may not
 */
public record Tenant(
    String name,
    String namespace,
    List<KeyDigest> keys,
    List<TokenClaim> tokens,
    List<String> publicNamespaces,
    Quotas quotas,
    boolean logPrompts) {
  public Tenant {
    keys = List.copyOf(keys);
    tokens = List.copyOf(tokens);
    publicNamespaces = List.copyOf(publicNamespaces);
    // The file's reader knows no other word for what is absent.
    quotas = Optional.ofNullable(quotas).orElse(Quotas.NONE);
    namespace = namespace.isEmpty() ? name : namespace;
    Names.name("name", name);
    Names.name("namespace", namespace);
    publicNamespaces.forEach(given -> Names.name("public-namespaces", given));
    Names.atMost("keys", keys, Limits.TENANT_KEYS);
    Names.atMost("tokens", tokens, Limits.TENANT_KEYS);
    Names.atMost("public-namespaces", publicNamespaces, Limits.TENANT_KEYS);
  }

  /** The one tenant of a gateway that asks nobody who it is. */
  public static Tenant open(String namespace) {
    return new Tenant("open", namespace, List.of(), List.of(), List.of(), Quotas.NONE, false);
  }
}
