package dev.unmask.worker.serving.exchange;

/** Blocks of 4, eight to a link. */
final class SdarExchangeTest extends BlockExchangeCases {
  SdarExchangeTest() {
    super("tiny-sdar", 4);
  }
}
