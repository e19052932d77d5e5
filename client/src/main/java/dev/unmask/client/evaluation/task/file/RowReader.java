package dev.unmask.client.evaluation.task.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a file's content apart into records. */
final class RowReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
  private static final ObjectReader LINE =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Path file;
  private final byte[] content;
  private final List<Row> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  RowReader(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  Rows read() throws IOException {
    int start = startsWithMark() ? BYTE_ORDER_MARK.length : 0;
    if (firstSign(start) == '[') {
      readList(start);
    } else {
      readLines(start);
    }
    return new Rows(file, rows, faults);
  }

  private void readLines(int first) {
    int line = 1;
    for (int start = first; start < content.length; line++) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      readLine(line, ByteBuffer.wrap(content, start, end - start));
      start = end + 1;
    }
  }

  private void readLine(int line, ByteBuffer bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      if (!text.isBlank()) {
        add(line, LINE.readTree(text));
      }
    } catch (CharacterCodingException e) {
      faults.add(new Fault(line, "is not UTF-8"));
    } catch (JsonProcessingException e) {
      faults.add(new Fault(line, reason(e)));
    }
  }

  /** A list that breaks off gives what came before; nobody can tell where the next record is. */
  private void readList(int start) throws IOException {
    int line = 1;
    try (JsonParser parser = MAPPER.createParser(content, start, content.length - start)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        line = parser.currentTokenLocation().getLineNr();
        add(line, parser.readValueAsTree());
      }
      line = parser.currentLocation().getLineNr();
      if (parser.nextToken() != null) {
        faults.add(new Fault(line, "follows the end of the list"));
      }
    } catch (JsonProcessingException e) {
      faults.add(new Fault(line, reason(e)));
    }
  }

  private void add(int line, JsonNode node) {
    if (node instanceof ObjectNode fields) {
      rows.add(new Row(line, fields));
    } else {
      faults.add(new Fault(line, "is not a JSON object"));
    }
  }

  private static String reason(JsonProcessingException e) {
    return "is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
  }

  private boolean startsWithMark() {
    int length = BYTE_ORDER_MARK.length;
    return content.length >= length
        && Arrays.equals(content, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  private int firstSign(int start) {
    for (int i = start; i < content.length; i++) {
      if (!Character.isWhitespace(content[i])) {
        return content[i];
      }
    }
    return -1;
  }
}
