/** A small reference model in plain loops: the oracle that needs no native library. */
package dev.unmask.worker.reference;
