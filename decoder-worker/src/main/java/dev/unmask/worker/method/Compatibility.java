package dev.unmask.worker.method;

/** Whose behaviour to follow where the published implementations disagree; see docs/methods.md. */
public enum Compatibility {
  /** Ours: the variant that measured better. */
  UNMASK,
  /** NVlabs/Fast-dLLM. */
  FAST_DLLM,
  /** Kamichanw/d2Cache. */
  D2CACHE,
  /** OpenMOSS/Sparse-dLLM. */
  SPARSE_DLLM,
  /** NVlabs/Fast-dLLM, v2. */
  FAST_DLLM_V2,
  /** JetAstra/SDAR. */
  SDAR
}
