package dev.unmask.client.evaluation.task;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a file: one JSON object a line, or one JSON list of objects. A byte order mark,
 * empty lines, either line end and a last line without one are read; what is wrong with a line
 * concerns that line only.
 */
final class Rows {
  /** Largest file, in bytes; the largest of the known benchmarks has 5 MB. */
  static final long FILE_BYTES = 64L << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final List<Row> rows = new ArrayList<>();
  private final List<Malformed> malformed = new ArrayList<>();

  private Rows(Path file) {
    this.file = file;
  }

  static Rows read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > FILE_BYTES) {
      throw new IOException(file + " has " + size + " bytes, more than " + FILE_BYTES);
    }
    var bytes = Files.readAllBytes(file);
    int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    var rows = new Rows(file);
    if (firstSign(bytes, start) == '[') {
      rows.readList(bytes, start);
    } else {
      rows.readLines(bytes, start);
    }
    return rows;
  }

  Path file() {
    return file;
  }

  List<Row> rows() {
    return rows;
  }

  List<Malformed> malformed() {
    return malformed;
  }

  private void readLines(byte[] bytes, int first) {
    int line = 1;
    for (int start = first; start < bytes.length; line++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      readLine(line, ByteBuffer.wrap(bytes, start, end - start));
      start = end + 1;
    }
  }

  private void readLine(int line, ByteBuffer bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (!text.isBlank()) {
        add(line, MAPPER.readTree(text));
      }
    } catch (CharacterCodingException e) {
      malformed.add(new Malformed(file, line, "is not UTF-8"));
    } catch (JsonProcessingException e) {
      malformed.add(new Malformed(file, line, reason(e)));
    }
  }

  /** A list that breaks off gives what came before; nobody can tell where the next record is. */
  private void readList(byte[] bytes, int start) throws IOException {
    int line = 1;
    try (JsonParser parser = MAPPER.createParser(bytes, start, bytes.length - start)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        line = parser.currentTokenLocation().getLineNr();
        add(line, parser.readValueAsTree());
        line = parser.currentLocation().getLineNr();
      }
    } catch (JsonProcessingException e) {
      malformed.add(new Malformed(file, line, reason(e)));
    }
  }

  private void add(int line, JsonNode node) {
    if (node instanceof ObjectNode fields) {
      rows.add(new Row(line, fields));
    } else {
      malformed.add(new Malformed(file, line, "is not a JSON object"));
    }
  }

  private static String reason(JsonProcessingException e) {
    return "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
  }

  private static int firstSign(byte[] bytes, int start) {
    for (int i = start; i < bytes.length; i++) {
      if (!Character.isWhitespace(bytes[i])) {
        return bytes[i];
      }
    }
    return -1;
  }
}
