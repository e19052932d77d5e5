package dev.unmask.worker.engine.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text as the archive torch loads: a zip of stored entries with the source and a
 * pickled instance of its class. This is all that torch's own {@code save} would add, so no Python
 * is needed.
 */
final class TorchArchive {
  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};
  private static final byte[] VERSION = "3\n".getBytes(StandardCharsets.US_ASCII);

  private TorchArchive() {}

  /**
   * The archive of one module.
   *
   * @param source of the class
   * @param instance its pickled attributes
   */
  static byte[] pack(byte[] source, ModulePickle instance) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", instance.toByteArray());
      store(zip, "code/__torch__.py", source);
      store(zip, "constants.pkl", EMPTY_TUPLE);
      store(zip, "version", VERSION);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    var checksum = new CRC32();
    checksum.update(content);
    var entry = new ZipEntry("module/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
