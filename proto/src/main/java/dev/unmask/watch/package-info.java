/** Calls that watch what happens in a service: it must never wait for a slow reader. */
package dev.unmask.watch;
