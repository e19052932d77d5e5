/** What clients notice when parts of a fleet fail under their requests. */
package dev.unmask.bench.faults;
