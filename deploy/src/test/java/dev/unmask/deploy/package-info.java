/** The services as real processes, and what happens when one is killed. */
package dev.unmask.deploy;
