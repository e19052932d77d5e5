/**
 * What a request must satisfy before any work is done for it. The gateway and the worker check the
 * same rules; all broken ones are named at once.
 */
package dev.unmask.contract.rules;
