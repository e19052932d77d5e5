/** The settings of the cache-service. */
package dev.unmask.cache.config;
