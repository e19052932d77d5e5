/**
 * Workers by xDS: gRPC's own client asks the control plane, and a load-balancing policy that
 * balances nothing tells what it was given to balance.
 */
package dev.unmask.gateway.discovery.xds;
