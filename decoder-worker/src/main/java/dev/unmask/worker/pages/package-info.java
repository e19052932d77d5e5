/**
 * The worker's side of the cache-service: fetches and publishes pages of first forwards. Whatever
 * goes wrong here is a miss: nothing is thrown at a request, and nothing but speed depends on the
 * service.
 */
package dev.unmask.worker.pages;
