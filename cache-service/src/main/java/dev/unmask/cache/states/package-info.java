/**
 * Which states there are, where their pages lie, who holds how much, and what is given up next. It
 * knows slots by number only, and has no lock: the store calls it under its own.
 */
package dev.unmask.cache.states;
