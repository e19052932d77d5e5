package dev.unmask.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to a service that can be slow, or swallow what is sent on it while it stays open, as if
 * the host at its end had vanished.
 */
final class Line implements AutoCloseable {
  private static final int PIECE = 16 << 10;

  private final ServerSocket near;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final InetSocketAddress far;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong sendable = new AtomicLong(Long.MAX_VALUE);
  private volatile long answersASecond = Long.MAX_VALUE;

  private Line(InetSocketAddress far) throws IOException {
    this.far = far;
    near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** A line to {@code host:port}, fast and whole. */
  static Line to(String address) {
    int colon = address.lastIndexOf(':');
    try {
      var line =
          new Line(
              new InetSocketAddress(
                  address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
      Thread.ofVirtual().start(line::accept);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is to be reached. */
  String address() {
    return "127.0.0.1:" + near.getLocalPort();
  }

  /** Connections made over it so far. */
  long accepted() {
    return accepted.get();
  }

  /** From now on answers come at this rate, in bytes. */
  Line slow(long bytesASecond) {
    answersASecond = bytesASecond;
    return this;
  }

  /** Lets so many more bytes of callers through; then all that anybody sends is lost. */
  Line swallowAfter(long bytes) {
    sendable.set(bytes);
    return this;
  }

  /** Carries everything again. */
  void whole() {
    sendable.set(Long.MAX_VALUE);
  }

  @Override
  public void close() {
    closeAll(near, sockets);
  }

  private static void closeAll(ServerSocket near, List<Socket> sockets) {
    try {
      near.close();
      for (var socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!near.isClosed()) {
      try {
        var caller = near.accept();
        accepted.incrementAndGet();
        var service = new Socket(far.getAddress(), far.getPort());
        sockets.addAll(List.of(caller, service));
        Thread.ofVirtual().start(() -> carry(caller, service, true));
        Thread.ofVirtual().start(() -> carry(service, caller, false));
      } catch (IOException e) {
        // Closed, or nobody there: the caller's connection ends with this line.
      }
    }
  }

  private void carry(Socket from, Socket to, boolean sent) {
    try (from;
        to) {
      move(from.getInputStream(), to.getOutputStream(), sent);
    } catch (IOException e) {
      // One end hung up; both are closed now.
    }
  }

  private void move(InputStream from, OutputStream to, boolean sent) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
      long left = sent ? sendable.addAndGet(-read) : sendable.get();
      if (left >= 0) {
        to.write(piece, 0, read);
      }
      if (!sent && answersASecond < Long.MAX_VALUE) {
        LockSupport.parkNanos(read * 1_000_000_000L / answersASecond);
      }
    }
  }
}
