/** The cache-service: keeps pages off heap for several workers. */
@Configuration
@Requires(property = "unmask.service", value = "cache")
package dev.unmask.cache;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
