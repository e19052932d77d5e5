package dev.unmask.deploy.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A name server (RFC 1035, UDP, port 53) that knows some names and their IPv4 addresses. */
final class NameServer implements AutoCloseable {
  private static final int MESSAGE = 512;
  private static final int HEADER = 12;
  private static final short ADDRESS = 1;
  private static final short ANSWER = (short) 0x8580;
  private static final short NO_SUCH_NAME = (short) 0x8583;

  private final DatagramSocket socket;
  private final Map<String, List<String>> names = new ConcurrentHashMap<>();

  /** At an address of this host. */
  NameServer(String address) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(address, 53));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("name-server").start(this::serve);
  }

  /** From now on a name has these addresses. */
  NameServer knows(String name, List<String> addresses) {
    names.put(name, List.copyOf(addresses));
    return this;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    var packet = new DatagramPacket(new byte[MESSAGE], MESSAGE);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MESSAGE);
        socket.receive(packet);
        byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or the asker's machine is cut off: he asks again.
      }
    }
  }

  private byte[] answer(ByteBuffer question) throws IOException {
    short id = question.getShort();
    question.position(HEADER);
    var name = name(question);
    short type = question.getShort();
    int end = question.position() + Short.BYTES;
    var known = Optional.ofNullable(names.get(name));
    var addresses = type == ADDRESS ? known.orElse(List.of()) : List.<String>of();
    var answer = ByteBuffer.allocate(MESSAGE);
    answer.putShort(id).putShort(known.isPresent() ? ANSWER : NO_SUCH_NAME);
    answer.putShort((short) 1).putShort((short) addresses.size()).putInt(0);
    answer.put(question.slice(HEADER, end - HEADER));
    for (var address : addresses) {
      // The question's name, of class IN, for no time at all.
      answer.putShort((short) 0xc00c).putShort(ADDRESS).putShort((short) 1).putInt(0);
      answer.putShort((short) 4).put(InetAddress.getByName(address).getAddress());
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  private static String name(ByteBuffer question) {
    var name = new StringBuilder();
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString();
  }
}
