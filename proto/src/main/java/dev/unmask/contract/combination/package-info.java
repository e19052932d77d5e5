/**
 * Which choices of a decoding spec fit each other: policies, caches, confidences, guidance and
 * whose behaviour to follow. What each may be by itself is said by {@code
 * dev.unmask.contract.rules}.
 */
package dev.unmask.contract.combination;
