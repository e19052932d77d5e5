/** What the demo asks and what it says about the answer. */
package dev.unmask.client.demo;
