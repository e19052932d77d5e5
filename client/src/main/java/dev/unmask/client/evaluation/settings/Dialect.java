package dev.unmask.client.evaluation.settings;

/** Whose names a setting has. */
public enum Dialect {
  /** Everybody's: which model, which task, which seed. */
  ANY("everybody"),
  /** Kamichanw/d2Cache: {@code generation.*}, {@code cache.*}. */
  D2CACHE("d2Cache"),
  /** NVlabs/Fast-dLLM, and LLaDA's generate.py, whose names it kept. */
  FAST_DLLM("Fast-dLLM"),
  /** maomaocun/dLLM-Cache: its own names beside those of LLaDA's generate.py. */
  DLLM_CACHE("dLLM-Cache");

  private final String project;

  Dialect(String project) {
    this.project = project;
  }

  /** The project, for a person. */
  String project() {
    return project;
  }
}
