/** What a step computes and what becomes of it: the words between cache policies and the engine. */
package dev.unmask.worker.rows;
