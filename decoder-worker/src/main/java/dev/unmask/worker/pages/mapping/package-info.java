/**
 * Pages read out of the cache-service's own files, by a worker on the same host: the service says
 * where they lie, the worker maps the files read-only, copies, and then looks whether what it has
 * copied still was what it was told. Whatever does not fit is read as a stream instead.
 *
 * <p>What this trusts: a worker that can map the files can read the pages of every namespace, not
 * only of those whose secrets it has. So an operator turns it on only for workers that may, by the
 * service's setting {@code unmask.cache.mapping} and by who may read the service's folder. A worker
 * can change nothing: the files are mapped read-only.
 */
package dev.unmask.worker.pages.mapping;
