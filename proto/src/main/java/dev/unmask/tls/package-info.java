/**
 * TLS between services and towards clients: certificates, keys and authorities from files that may
 * be replaced while they are in use.
 */
package dev.unmask.tls;
