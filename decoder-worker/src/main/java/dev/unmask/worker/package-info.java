/** The decoder worker: decodes canvases with a model on one device. */
@Configuration
@Requires(property = "unmask.service", value = "worker")
package dev.unmask.worker;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
