/** Channels to workers: how one is opened, what is under way on it, and what is left of one. */
package dev.unmask.gateway.routing.channels;
