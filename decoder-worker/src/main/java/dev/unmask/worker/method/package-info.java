/** A decoding method as a request asks for it, and the rules between its parts. */
package dev.unmask.worker.method;
