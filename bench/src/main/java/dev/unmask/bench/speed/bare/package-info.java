/** The same model as bare tensor calls, to compare the engine with. */
package dev.unmask.bench.speed.bare;
