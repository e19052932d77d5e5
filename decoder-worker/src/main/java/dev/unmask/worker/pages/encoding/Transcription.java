package dev.unmask.worker.pages.encoding;

/** The way between a state's own memory and the memory its pages are sent from or received in. */
public interface Transcription {
  /** Both are one. */
  static Transcription none() {
    return new Transcription() {
      @Override
      public void encode() {}

      @Override
      public void decode() {}
    };
  }

  /** Writes the pages, before they are sent. */
  void encode();

  /** Reads the pages, once all have come. */
  void decode();
}
