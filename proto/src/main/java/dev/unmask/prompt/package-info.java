/**
 * Prompts as clients wrote them, cut into pieces that gateway and worker tell alike, each without
 * asking the other.
 */
package dev.unmask.prompt;
