package dev.unmask.bench.blocks.device;

/**
 * A prompt of random tokens.
 *
 * @param length in tokens
 * @param number a seed
 */
record Asked(int length, int number) {}
