/**
 * Drawing a canvas in a terminal while it denoises: events become a {@link
 * dev.unmask.client.terminal.Canvas}, the canvas becomes glyphs, glyphs become lines, and a {@link
 * dev.unmask.client.terminal.Screen} shows them. All but the screen are pure functions.
 */
package dev.unmask.client.terminal;
