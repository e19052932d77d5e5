/** Tests of how workers are found. */
package dev.unmask.gateway.discovery;
