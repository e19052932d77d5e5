package dev.unmask.bench.transport;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.ArrayList;
import java.util.List;

/** Redis by Lettuce: a connection for each caller, several pages by commands in a row. */
final class LettuceWay implements Way {
  private final String name;
  private final RedisClient client;
  private final Shape shape;

  LettuceWay(String name, String uri, Shape shape) {
    this.name = name;
    this.client = RedisClient.create(RedisURI.create(uri));
    this.shape = shape;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Caller caller() {
    return new Commanding(
        client.connect(ByteArrayCodec.INSTANCE), Pages.of(shape.pages(), shape.bytes()).onHeap());
  }

  @Override
  public void close() {
    client.shutdown();
  }

  private record Commanding(StatefulRedisConnection<byte[], byte[]> redis, List<byte[]> pages)
      implements Caller {
    @Override
    public void read(long first, int count) {
      var answers = new ArrayList<RedisFuture<byte[]>>();
      for (int i = 0; i < count; i++) {
        answers.add(redis.async().get(Pages.name(first + i)));
      }
      for (var answer : answers) {
        byte[] got = answer.toCompletableFuture().join();
        if (got == null || got.length != pages.getFirst().length) {
          throw new IllegalStateException("not there");
        }
      }
    }

    @Override
    public int write(long first, int count) {
      List<RedisFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        answers.add(redis.async().set(Pages.name(first + i), pages.get(i)));
      }
      answers.forEach(answer -> answer.toCompletableFuture().join());
      return count;
    }

    @Override
    public void close() {
      redis.close();
    }
  }
}
