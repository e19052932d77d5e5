/** Which decoding method of a model a request gets that names none but says what it prefers. */
package dev.unmask.bench.preference;
