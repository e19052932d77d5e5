/** Reading metrics back. */
package dev.unmask.metrics;
