/** Who calls: tenants, their keys and tokens, and the namespace that each of them shares in. */
package dev.unmask.gateway.access;
