package dev.unmask.cache.store;

/** Where the pages of each namespace are. Safe for several threads. */
@FunctionalInterface
public interface Namespaces {
  /** The pages of one namespace. */
  PageStore of(String namespace);

  /** Namespaces in one store, kept apart, verified and counted. */
  static Namespaces in(PageStore store, StoreCounts counts) {
    return namespace ->
        new MeteredStore(new VerifyingStore(new NamespacedStore(namespace, store)), counts);
  }
}
