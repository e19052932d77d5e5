package dev.unmask.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everything the first full forward of a request is a function of (sharing mode EXACT), and so
 * everything the names of its pages are made from. There is deliberately no constructor from a
 * prefix alone: with full attention a prefix state depends on what follows it.
 *
 * @param program digest of model weights, tokenizer, compute type, page layout and program version
 * @param prompt token ids of the whole prompt
 * @param generationLength masks that follow the prompt
 */
public record ExactContext(byte[] program, int[] prompt, int generationLength) {
  public ExactContext {
    program = program.clone();
    prompt = prompt.clone();
  }

  /**
   * Names this context's pages.
   *
   * @param namespace who may share them
   * @param secret the namespace's secret; without it names cannot be guessed
   */
  public PageNames names(String namespace, byte[] secret) {
    byte[] who = namespace.getBytes(StandardCharsets.UTF_8);
    var text = ByteBuffer.allocate(32 + who.length + program.length + 4 * prompt.length);
    text.putInt(1).putInt(who.length).put(who).putInt(program.length).put(program);
    text.putInt(generationLength).putInt(prompt.length);
    for (int token : prompt) {
      text.putInt(token);
    }
    return new PageNames(hmac(secret, text.flip()));
  }

  static byte[] hmac(byte[] secret, ByteBuffer text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(text);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
