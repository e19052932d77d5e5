/** What tenants of one fleet notice of each other. */
package dev.unmask.bench.tenants;
