/** How long the engine's steps take, against the same arithmetic without it. */
package dev.unmask.bench.speed;
