package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.time.Timeline;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One direction of one call: messages on their way, and those that have arrived and nobody has
 * asked for yet. Its end comes behind all of them.
 *
 * @param <E> what an end says
 */
final class Lane<E> {
  private final Link link;
  private final Consumer<byte[]> onMessage;
  private final Consumer<E> onEnd;
  private final Runnable onRoom;
  private final Queue<byte[]> arrived = new ArrayDeque<>();
  private Optional<E> end = Optional.empty();
  private long last;
  private long wanted;
  private int underWay;
  private boolean cut;
  private boolean ended;

  /**
   * Nothing sent yet.
   *
   * @param onMessage hears of each message, on the receiving side
   * @param onEnd hears of the end
   * @param onRoom told, on the sending side, that it need not wait any more
   */
  Lane(Link link, Consumer<byte[]> onMessage, Consumer<E> onEnd, Runnable onRoom) {
    this.link = link;
    this.onMessage = onMessage;
    this.onEnd = onEnd;
    this.onRoom = onRoom;
  }

  private Timeline timeline() {
    return link.ground().timeline();
  }

  /** Whether a message would find the way free. */
  boolean free() {
    return underWay < link.weather().window();
  }

  void send(byte[] message) {
    underWay++;
    move(() -> {
      arrived.add(message);
      deliver();
    });
  }

  void end(E how) {
    move(() -> {
      end = Optional.of(how);
      deliver();
    });
  }

  private void move(Runnable arrival) {
    last = Math.max(last, timeline().now() + link.weather().takes(timeline()));
    timeline()
        .after(
            last - timeline().now(),
            () -> {
              if (!cut) {
                arrival.run();
              }
            });
  }

  /** The receiving side can take more. */
  void want(int more) {
    wanted += more;
    deliver();
  }

  private void deliver() {
    while (wanted > 0 && !arrived.isEmpty()) {
      wanted--;
      onMessage.accept(arrived.remove());
      boolean waited = !free();
      underWay--;
      if (waited && !cut) {
        onRoom.run();
      }
    }
    if (arrived.isEmpty() && end.isPresent() && !ended) {
      ended = true;
      onEnd.accept(end.get());
    }
  }

  /** What has not arrived never does. What has is still to be had, and then this end. */
  void cut(Optional<E> how, long delay) {
    cut = true;
    how.ifPresent(said ->
        timeline()
            .after(
                delay,
                () -> {
                  end = end.or(() -> Optional.of(said));
                  deliver();
                }));
  }
}
