/** What happens to a request before a worker hears of it: its model found, its rules checked. */
package dev.unmask.gateway.admission;
