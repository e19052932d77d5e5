/** One request's way through the gateway, from its admission to its last event. */
package dev.unmask.gateway.session;
