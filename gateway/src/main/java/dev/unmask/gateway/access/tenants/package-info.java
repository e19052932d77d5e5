/** The tenants of a file that is watched, and who of them a credential is. */
package dev.unmask.gateway.access.tenants;
