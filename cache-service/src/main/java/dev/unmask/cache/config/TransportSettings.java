package dev.unmask.cache.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person can set of the ways to the page store beside its port.
 *
 * @param socket Unix domain socket to listen at too ({@code unmask.cache.socket}); absent: none
 * @param mapping whether workers on this host are told where pages lie ({@code
 *     unmask.cache.mapping}), so that they read the slabs' files themselves
 */
public record TransportSettings(Optional<Path> socket, boolean mapping) {}
