/**
 * Finished blocks of block-causal models shared with other workers (sharing mode BLOCK_CAUSAL): a
 * canvas is a chain of links, each a state of its own, and what is looked up is the longest
 * beginning of the chain that is there. Exact, whoever computed it, because a link's keys and
 * values follow from the tokens up to its end alone.
 *
 * <pre>
 *   tokens   |--- link 0 ---|--- link 1 ---| ... |--- link 15 --|--- link 16 --| ...
 *   home      \___________ run 0: link 0's name ______________/ \__ run 1: link 16's name
 *   there           x              x                  x                -
 *                   read, restored                             lease, computed, published
 * </pre>
 */
package dev.unmask.worker.pages.chain;
