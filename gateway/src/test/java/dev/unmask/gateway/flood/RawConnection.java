package dev.unmask.gateway.flood;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCP connection to a gateway, and the few frames of HTTP/2 that do harm. */
final class RawConnection implements AutoCloseable {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int READ_MILLIS = 30_000;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int CANCEL = 8;
  private static final int END_HEADERS = 4;

  private final Socket socket;

  private RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(READ_MILLIS);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RawConnection open(int port) {
    return new RawConnection(port);
  }

  /** One that has begun to speak HTTP/2. */
  static RawConnection http2(int port) throws IOException {
    var connection = new RawConnection(port);
    connection.send(PREFACE);
    connection.send(frame(SETTINGS, 0, 0, new byte[0]));
    return connection;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** A call of a method, begun. */
  static byte[] call(int stream, String path) {
    var block = new ByteArrayOutputStream();
    block.write(0x83); // :method POST
    block.write(0x86); // :scheme http
    literal(block, 4, path); // :path
    literal(block, 1, "x"); // :authority
    literal(block, 31, "application/grpc"); // content-type
    block.write(0);
    text(block, "te");
    text(block, "trailers");
    return frame(HEADERS, END_HEADERS, stream, block.toByteArray());
  }

  /** And taken back. */
  static byte[] reset(int stream) {
    return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, CANCEL});
  }

  static byte[] ping() {
    return frame(PING, 0, 0, new byte[8]);
  }

  /** Reads on until the other side has said that it goes away, or hung up: the reason it gives. */
  String farewell() throws IOException {
    var in = socket.getInputStream();
    while (true) {
      byte[] head = in.readNBytes(9);
      if (head.length < 9) {
        return "";
      }
      int length = ((head[0] & 0xFF) << 16) | ((head[1] & 0xFF) << 8) | (head[2] & 0xFF);
      byte[] body = in.readNBytes(length);
      if (head[3] == GOAWAY && body.length >= 8 && body[7] != 0) {
        return body[7] + " " + new String(body, 8, body.length - 8, StandardCharsets.UTF_8);
      }
    }
  }

  /** All that still comes, until the other side hangs up. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] frame(int type, int flags, int stream, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(body.length >> 16);
      out.writeShort(body.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A header whose name stands in HPACK's table, not remembered. */
  private static void literal(ByteArrayOutputStream block, int name, String value) {
    if (name < 15) {
      block.write(name);
    } else {
      block.write(15);
      block.write(name - 15);
    }
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length());
    block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
