package dev.unmask.worker.pages.transfer;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads {@link ReadPagesResponse} off the wire straight into a {@link Receipt}: same bytes as the
 * generated code, two copies of every page fewer. It wants {@code data} last, as every protobuf
 * library writes it; another order is a miss, not an error. One a call.
 */
final class ChunkMarshaller implements Marshaller<Receipt> {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final Receipt receipt;

  ChunkMarshaller(Receipt receipt) {
    this.receipt = receipt;
  }

  @Override
  public InputStream stream(Receipt value) {
    throw new UnsupportedOperationException("responses are only read here");
  }

  @Override
  public Receipt parse(InputStream stream) {
    try (stream) {
      read(stream);
    } catch (EOFException e) {
      receipt.malformed();
    } catch (IOException e) {
      throw Status.INTERNAL.withCause(e).asRuntimeException();
    }
    return receipt;
  }

  private void read(InputStream stream) throws IOException {
    long index = 0;
    long length = 0;
    long offset = 0;
    for (int tag = stream.read(); tag >= 0; tag = stream.read()) {
      long value = varint(stream);
      switch (tag) {
        case ReadPagesResponse.KEY_INDEX_FIELD_NUMBER << 3 | VARINT -> index = value;
        case ReadPagesResponse.MISSING_FIELD_NUMBER << 3 | VARINT -> receipt.absent();
        case ReadPagesResponse.LENGTH_FIELD_NUMBER << 3 | VARINT -> length = value;
        case ReadPagesResponse.OFFSET_FIELD_NUMBER << 3 | VARINT -> offset = value;
        case ReadPagesResponse.DATA_FIELD_NUMBER << 3 | BYTES -> {
          if (value > Limits.PAGE_CHUNK_BYTES || value < 0) {
            receipt.malformed();
          }
          receipt.add(new Receipt.Place((int) index, length, offset), (int) value, stream);
          return;
        }
        default -> receipt.malformed();
      }
    }
  }

  private static long varint(InputStream stream) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = stream.read();
      if (next < 0) {
        throw new EOFException();
      }
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new EOFException();
  }
}
