/** What a gateway costs: between a client and a worker that computes nothing. */
package dev.unmask.bench.gateway;
