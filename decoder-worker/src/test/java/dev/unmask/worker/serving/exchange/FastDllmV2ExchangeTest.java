package dev.unmask.worker.serving.exchange;

/** Blocks of 32, predictions shifted by one. */
final class FastDllmV2ExchangeTest extends BlockExchangeCases {
  FastDllmV2ExchangeTest() {
    super("tiny-fast-dllm-v2", 8);
  }
}
