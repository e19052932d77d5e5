/** Which balancer places states best on the instances of the cache-service. */
package dev.unmask.bench.placement;
