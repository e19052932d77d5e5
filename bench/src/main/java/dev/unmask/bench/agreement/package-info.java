/** Whether one device answers like another. */
package dev.unmask.bench.agreement;
