/** Which slot to give up when all are full; one policy a file. */
package dev.unmask.cache.eviction;
