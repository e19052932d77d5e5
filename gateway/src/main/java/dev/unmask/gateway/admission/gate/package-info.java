/**
 * When an admitted request may be sent to a worker: a tenant's quotas, a line in front of the
 * workers that is fair to tenants, and a limit of what they have at once, learned from how soon
 * they begin. Plain objects: time comes by constructor, nothing waits.
 */
package dev.unmask.gateway.admission.gate;
