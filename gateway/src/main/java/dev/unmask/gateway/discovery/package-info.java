/** Where workers are found: fixed addresses, names whose addresses change, services of xDS. */
package dev.unmask.gateway.discovery;
