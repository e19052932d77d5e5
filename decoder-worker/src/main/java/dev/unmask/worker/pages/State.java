package dev.unmask.worker.pages;

import dev.unmask.page.PageKey;
import dev.unmask.worker.pages.placement.Home;
import java.util.List;

/**
 * Pages that are wanted, or given, together: some or all of one state. All of a state's pages are
 * in one cache-service.
 *
 * @param home where they are
 * @param name of the state
 * @param pages names of the pages, in the order of their memory; at least one
 */
public record State(Home home, PageKey name, List<PageKey> pages) {
  public State {
    pages = List.copyOf(pages);
  }

  /** Where its own name leads to. */
  public State(String namespace, PageKey name, List<PageKey> pages) {
    this(new Home(namespace, name), name, pages);
  }
}
