/**
 * Messages that carry pages, between the slots they lie in and the bytes of the wire, with no copy
 * on the heap in between. The format is exactly the .proto's: a client of any language reads and
 * writes it with generated code.
 */
package dev.unmask.cache.wire;
