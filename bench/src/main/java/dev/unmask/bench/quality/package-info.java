/** Quality: how decoding methods answer the questions of the shipped tasks. */
package dev.unmask.bench.quality;
