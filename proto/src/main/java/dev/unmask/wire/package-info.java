/**
 * How pages go over gRPC's network transport: sockets, buffers and frames for messages of half a
 * megabyte, which gRPC's own choices do not suit. Nothing here changes what is said on the wire
 * beyond HTTP/2's own settings.
 */
package dev.unmask.wire;
