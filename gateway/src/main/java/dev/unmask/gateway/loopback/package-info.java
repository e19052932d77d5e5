/**
 * The gateway's own gRPC services, called from inside its process: what holds for gRPC's clients
 * holds for HTTP's, because it is the same way in.
 */
package dev.unmask.gateway.loopback;
