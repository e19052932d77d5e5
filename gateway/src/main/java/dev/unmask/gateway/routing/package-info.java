/**
 * Which worker decodes a request: what workers report of themselves, and the choice made from it.
 */
package dev.unmask.gateway.routing;
