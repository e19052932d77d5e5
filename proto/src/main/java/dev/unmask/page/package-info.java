/**
 * Names and records of shared pages. A key can only be built for what is sound to share; a record
 * carries its own name and checksum, so that every reader can tell a good page from a bad one.
 */
package dev.unmask.page;
