/** The bounds of the contract in one table: tried at n and n + 1, and written to docs/limits.md. */
package dev.unmask.contract.limits;
