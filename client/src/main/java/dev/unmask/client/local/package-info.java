/**
 * All three services on this machine, in this process or in processes of their own: what to start
 * ({@link dev.unmask.client.local.Plan}), where ({@link dev.unmask.client.local.Host}), and the
 * whole ({@link dev.unmask.client.local.Cluster}).
 */
package dev.unmask.client.local;
