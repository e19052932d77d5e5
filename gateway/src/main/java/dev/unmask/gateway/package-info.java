/** The gateway: checks requests, chooses a worker, relays its stream. */
@Configuration
@Requires(property = "unmask.service", value = "gateway")
package dev.unmask.gateway;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
