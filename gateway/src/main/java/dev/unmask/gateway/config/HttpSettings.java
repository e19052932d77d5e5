package dev.unmask.gateway.config;

/**
 * Whether HTTP is served beside gRPC. Where is Micronaut's to say: {@code micronaut.server.host}
 * and {@code micronaut.server.port}.
 *
 * @param served false: only gRPC
 */
public record HttpSettings(boolean served) {}
