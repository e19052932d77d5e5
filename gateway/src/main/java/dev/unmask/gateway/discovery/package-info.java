/** Where workers are found: fixed addresses, and names whose addresses change. */
package dev.unmask.gateway.discovery;
