/**
 * What every service agrees on beyond the messages: limits, problems, and how they become status.
 */
package dev.unmask.contract;
