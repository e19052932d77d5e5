package dev.unmask.bench.transport;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;

/**
 * Redis by Jedis: a connection for each caller, MGET or a pipeline for several pages. Pages arrive
 * on the heap, where Jedis puts them; nothing is checked.
 */
final class JedisWay implements Way {
  private final String name;
  private final int port;
  private final Shape shape;
  private final List<Jedis> connections = new ArrayList<>();

  JedisWay(String name, int port, Shape shape) {
    this.name = name;
    this.port = port;
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Caller caller() {
    var connection = new Jedis("127.0.0.1", port);
    connections.add(connection);
    return new Piping(connection, Pages.of(shape.pages(), shape.bytes()).onHeap());
  }

  @Override
  public synchronized void close() {
    connections.forEach(Jedis::close);
  }

  private record Piping(Jedis redis, List<byte[]> pages) implements Caller {
    @Override
    public void read(long first, int count) {
      if (count == 1) {
        check(redis.get(Pages.name(first)));
        return;
      }
      try (var pipeline = redis.pipelined()) {
        var answers = new ArrayList<Response<byte[]>>();
        for (int i = 0; i < count; i++) {
          answers.add(pipeline.get(Pages.name(first + i)));
        }
        pipeline.sync();
        answers.forEach(answer -> check(answer.get()));
      }
    }

    @Override
    public int write(long first, int count) {
      if (count == 1) {
        redis.set(Pages.name(first), pages.getFirst());
        return 1;
      }
      try (var pipeline = redis.pipelined()) {
        for (int i = 0; i < count; i++) {
          var _ = pipeline.set(Pages.name(first + i), pages.get(i));
        }
        pipeline.sync();
      }
      return count;
    }

    private void check(byte[] answer) {
      if (answer == null || answer.length != pages.getFirst().length) {
        throw new IllegalStateException("not there");
      }
    }
  }
}
