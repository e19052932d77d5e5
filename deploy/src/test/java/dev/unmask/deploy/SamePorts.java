package dev.unmask.deploy;

import dev.unmask.client.local.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** Services that take calls on the same port again when they are launched once more. */
public record SamePorts() implements Layout {
  @Override
  public void change(Role role, String name, Map<String, Object> settings) {
    new Plain().change(role, name, settings);
    settings.put("grpc.server.port", free());
  }

  private static int free() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
