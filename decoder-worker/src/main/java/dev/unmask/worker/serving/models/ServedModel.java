package dev.unmask.worker.serving.models;

import dev.unmask.type.v1.Model;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.shallow.DepthTable;
import dev.unmask.worker.text.ChatTemplate;
import dev.unmask.worker.text.TextTokenizer;
import dev.unmask.worker.text.TokenizerConfig;
import java.util.Optional;

/**
 * A model that is ready to decode.
 *
 * @param description as clients see it
 * @param traits what the decode loop must know
 * @param engine that computes it; engine thread only
 * @param tokenizer of its text
 * @param text special tokens and templates
 * @param template renders conversations, if the checkpoint has one
 * @param depths of lower layers that requests may share
 * @param program digest of everything but the request that a forward is a function of
 */
public record ServedModel(
    Model description,
    ModelTraits traits,
    ModelEngine engine,
    TextTokenizer tokenizer,
    TokenizerConfig text,
    Optional<ChatTemplate> template,
    DepthTable depths,
    byte[] program) {
  /** Name clients use. */
  public String name() {
    return description.getIdentity().getName();
  }

  /** Transformer layers. */
  public int layers() {
    return engine.pageLayout().layers();
  }
}
