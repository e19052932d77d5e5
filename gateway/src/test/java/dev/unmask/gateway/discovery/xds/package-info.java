/** Tests of xDS against a control plane. */
package dev.unmask.gateway.discovery.xds;
