package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.type.v1.SparseDllm;

/**
 * Rules of what a request shares beyond what is exact. How many tokens a prefix is, and how deep a
 * model's layers may be shared, only the worker knows.
 */
final class SharingRules {
  private final Prompt prompt;
  private final DecodingSpec spec;
  private final Violations violations;

  SharingRules(Prompt prompt, DecodingSpec spec, Violations violations) {
    this.prompt = prompt;
    this.spec = spec;
    this.violations = violations;
  }

  void check(Sharing sharing) {
    boolean prefix = sharing.getPrefixCase() != Sharing.PrefixCase.PREFIX_NOT_SET;
    boolean mode = sharing.getModeCase() != Sharing.ModeCase.MODE_NOT_SET;
    boolean encoding = sharing.getPageEncoding() != PageEncoding.PAGE_ENCODING_UNSPECIFIED;
    violations.addIf(
        sharing.getPageEncoding() == PageEncoding.UNRECOGNIZED,
        "sharing.page_encoding",
        "must be one of PageEncoding's");
    boolean granted = !sharing.getPublicNamespace().isEmpty();
    if (prefix || mode || granted || !encoding) {
      prefix(sharing);
      mode(sharing, granted);
    }
  }

  private void mode(Sharing sharing, boolean granted) {
    if (granted) {
      NameRules.namespace("sharing.public_namespace", sharing.getPublicNamespace(), violations);
    }
    switch (sharing.getModeCase()) {
      case SHALLOW -> {
        shallow(sharing.getShallow());
        violations.addIf(
            granted, "sharing.public_namespace", "does not fit shallow, which is of one namespace");
      }
      case MODE_NOT_SET ->
          violations.addIf(!granted, "sharing", "must say how: set shallow or public_namespace");
    }
  }

  private void prefix(Sharing sharing) {
    switch (sharing.getPrefixCase()) {
      case PREFIX_TOKENS -> tokens(sharing.getPrefixTokens());
      case PREFIX_MESSAGES -> messages(sharing.getPrefixMessages());
      case PREFIX_CHARACTERS -> characters(sharing.getPrefixCharacters());
      case PREFIX_NOT_SET ->
          violations.add(
              "sharing",
              "must say what is shared: set prefix_tokens, prefix_messages or prefix_characters");
    }
  }

  private void tokens(int given) {
    int count = prompt.getTokens().getIdsCount();
    long most = prompt.hasTokens() ? Math.max(1, count) : Limits.PROMPT_BYTES;
    violations.range("sharing.prefix_tokens", Integer.toUnsignedLong(given), 1, most);
  }

  private void messages(int given) {
    var field = "sharing.prefix_messages";
    if (!prompt.hasConversation()) {
      violations.add(field, "needs a conversation as prompt");
      return;
    }
    int most = Math.max(1, prompt.getConversation().getMessagesCount());
    violations.range(field, Integer.toUnsignedLong(given), 1, most);
  }

  private void characters(int given) {
    var field = "sharing.prefix_characters";
    if (!prompt.hasText()) {
      violations.add(field, "needs a text as prompt");
      return;
    }
    var text = prompt.getText();
    int most = Math.max(1, text.codePointCount(0, text.length()));
    violations.range(field, Integer.toUnsignedLong(given), 1, most);
  }

  private void shallow(ShallowSharing shallow) {
    violations.optional(
        shallow.hasDepth(), "sharing.shallow.depth", shallow.getDepth(), 1, Limits.SHARED_LAYERS);
    plain(spec.hasGuidance(), "guidance");
    plain(spec.hasWino(), "wino");
    plain(spec.hasDllmCache(), "dllm_cache");
    plain(spec.hasD2Cache(), "d2_cache");
    plain(spec.hasSparseDllm() && undelayed(spec.getSparseDllm()), "sparse_dllm without delay");
  }

  private static boolean undelayed(SparseDllm cache) {
    return cache.hasDelay() && cache.getDelay() == 0;
  }

  private void plain(boolean otherwise, String method) {
    violations.addIf(
        otherwise,
        "sharing.shallow",
        "needs a plain first forward, which spec." + method + " does not have");
  }
}
