/** Commands about what is shared: what cache-services hold, and filling them. */
package dev.unmask.client.cache;
