/** Clients that mean harm, against a gateway on a real port: it answers the others meanwhile. */
package dev.unmask.gateway.flood;
