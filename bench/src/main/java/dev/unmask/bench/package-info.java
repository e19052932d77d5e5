/** What is measured; results lie in bench/results with command, machine and commit. */
package dev.unmask.bench;
