/** The public API as gRPC sees it: translates calls and nothing else. */
package dev.unmask.gateway.api;
