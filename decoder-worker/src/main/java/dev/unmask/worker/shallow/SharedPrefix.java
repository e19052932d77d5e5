package dev.unmask.worker.shallow;

/**
 * The beginning of a prompt whose lower layers a request shares with others.
 *
 * @param positions of it, from 0: whole spans of 32, fewer than the prompt's
 * @param depth layers below which states are shared, at least 1
 */
public record SharedPrefix(int positions, int depth) {}
