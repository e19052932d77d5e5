/**
 * The command line: one class a command, the options they share, and how failures are told. A
 * command reads options and prints; everything else is done elsewhere.
 */
package dev.unmask.client.command;
