package dev.unmask.client.document;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes HTML that is also well-formed XML. Whatever text or attribute it is given is escaped, so
 * nothing that a model or a file says can become markup. For one thread.
 */
public final class Markup {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter writer;

  public Markup() {
    try {
      writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Something that is written inside an element. */
  @FunctionalInterface
  public interface Content {
    /** Writes it. */
    void write();
  }

  /** The document type of HTML. */
  public void documentType() {
    run(() -> writer.writeDTD("<!DOCTYPE html>"));
    line();
  }

  /** An element with content; attributes are names and values in turn. */
  public void element(String name, Content content, String... attributes) {
    run(() -> {
      writer.writeStartElement(name);
      attributes(attributes);
    });
    content.write();
    run(writer::writeEndElement);
  }

  /** An element of text. */
  public void leaf(String name, String content, String... attributes) {
    element(name, () -> text(content), attributes);
  }

  /** An element that never has content. */
  public void empty(String name, String... attributes) {
    run(() -> {
      writer.writeEmptyElement(name);
      attributes(attributes);
    });
  }

  /** Text. */
  public void text(String content) {
    run(() -> writer.writeCharacters(printable(content)));
  }

  /** A new line, for those who read the source. */
  public void line() {
    text("\n");
  }

  /** A coordinate or length of a picture, to tenths. */
  public static String tenths(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** What was written. */
  public String written() {
    run(writer::flush);
    return text.toString();
  }

  private void attributes(String... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      writer.writeAttribute(attributes[i], printable(attributes[i + 1]));
    }
  }

  /** XML has no way to say most control characters; models may say them. */
  private static String printable(String content) {
    return content.replaceAll(
        "[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "�");
  }

  private static void run(Writing writing) {
    try {
      writing.run();
    } catch (XMLStreamException e) {
      // A string takes everything; what is left are mistakes of ours.
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void run() throws XMLStreamException;
  }
}
