/** Whether and how much sharing first forwards among workers pays. */
package dev.unmask.bench.sharing;
