/**
 * All three services on this machine, in this process or in processes of their own: what to start
 * ({@link dev.unmask.client.local.Plan}), where ({@link dev.unmask.client.local.Host}), and the
 * whole ({@link dev.unmask.client.local.Cluster}). {@link dev.unmask.client.local.ServerOptions}
 * are these, or a gateway that runs.
 */
package dev.unmask.client.local;
