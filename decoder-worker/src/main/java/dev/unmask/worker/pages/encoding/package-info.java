/**
 * How the elements of keys and values are written in stored pages; one way a file, plain arrays.
 */
package dev.unmask.worker.pages.encoding;
