/** The page as it is served. */
package dev.unmask.gateway.playground;
