/** How a service's log is written. */
package dev.unmask.logging;
