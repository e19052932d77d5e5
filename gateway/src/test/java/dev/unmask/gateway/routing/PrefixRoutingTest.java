package dev.unmask.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.gateway.Story;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.routing.Choice.Chosen;
import dev.unmask.gateway.routing.Choice.Reason;
import dev.unmask.prompt.Pieces;
import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests whose prompts begin alike. */
class PrefixRoutingTest {
  private static final double MARGIN = 0.5;
  private static final String DOCUMENT = "What all of them begin with. ".repeat(60);

  private final Router router = new Router(new Random(42), MARGIN);
  private final HeldPieces one = new HeldPieces();
  private final HeldPieces two = new HeldPieces();
  private final HeldPieces three = new HeldPieces();

  @Test
  void choose_sharedBeginning_isWhoHoldsMostOfIt() {
    var pieces = pieces(DOCUMENT + "A question of its own?");
    one.replace(pieces.digests().subList(0, 2));
    two.replace(pieces.digests().subList(0, 5));
    assertThat(choose(pieces, view(0, 0, 0))).isEqualTo("w2 PREFIX");
    three.replace(pieces.digests());
    assertThat(choose(pieces, view(0, 0, 0))).isEqualTo("w3 PREFIX");
  }

  @Test
  void choose_laterPiecesWithoutTheFirst_countForNothing() {
    var pieces = pieces(DOCUMENT);
    one.replace(pieces.digests().subList(1, pieces.count()));
    two.replace(pieces.digests().subList(0, 1));
    assertThat(choose(pieces, view(0, 0, 0))).isEqualTo("w2 PREFIX");
  }

  @Test
  void choose_holderWithinTheMargin_getsItAndBeyondDoesNot() {
    var pieces = pieces(DOCUMENT);
    one.replace(pieces.digests());
    assertThat(choose(pieces, view(2, 0, 0))).isEqualTo("w1 PREFIX");
    assertThat(choose(pieces, view(3, 0, 0))).endsWith("LOAD").doesNotStartWith("w1");
  }

  @Test
  void choose_severalHoldAsMuch_isTheLeastLoadedOfThem() {
    var pieces = pieces(DOCUMENT);
    one.replace(pieces.digests());
    two.replace(pieces.digests());
    assertThat(choose(pieces, view(2, 1, 0))).isEqualTo("w2 PREFIX");
  }

  @Test
  void choose_droppedPieces_areForgotten() {
    var pieces = pieces(DOCUMENT);
    one.replace(pieces.digests());
    two.replace(pieces.digests().subList(0, 1));
    one.remove(pieces.digests().subList(0, 1));
    assertThat(choose(pieces, view(0, 1, 0))).isEqualTo("w2 PREFIX");
    two.clear();
    assertThat(choose(pieces, view(0, 1, 0))).as("by its context").isEqualTo("w2 AFFINITY");
  }

  @Test
  void choose_nobodyHoldsAnything_goesByContextAndLoad() {
    var pieces = pieces(DOCUMENT);
    assertThat(choose(pieces, view(1, 0))).isEqualTo("w2 LOAD");
    assertThat(choose(pieces, view(0, 1))).isEqualTo("w2 AFFINITY");
    assertThat(choose(Pieces.none(), view(0, 1))).isEqualTo("w2 AFFINITY");
  }

  @Test
  void choose_otherNamespace_knowsNothingOfIt() {
    one.replace(pieces(DOCUMENT).digests());
    var theirs =
        new WrittenPrompt("theirs", "mini", Prompt.newBuilder().setText(DOCUMENT).build()).pieces();
    assertThat(choose(theirs, view(1, 0))).isEqualTo("w2 LOAD");
  }

  @Test
  void choose_unreachableHolder_isPassedOver() {
    var pieces = pieces(DOCUMENT);
    one.replace(pieces.digests());
    two.replace(pieces.digests().subList(0, 1));
    var view = new FleetView(List.of(worker("w1", 0, false, one), worker("w2", 1, true, two)));
    assertThat(choose(pieces, view)).isEqualTo("w2 ONLY");
    assertThat(view.holdsPrefixes("mini")).isTrue();
    assertThat(view.holdsPrefixes("maxi")).isFalse();
  }

  private String choose(Pieces pieces, FleetView view) {
    var context = ContextKey.of("mini", Prompt.newBuilder().setText("p").build(), 128);
    var chosen = (Chosen) router.choose(new Ask(context, pieces, Optional.empty()), view);
    Reason reason = chosen.reason();
    return chosen.worker().name() + " " + reason;
  }

  private static Pieces pieces(String text) {
    return new WrittenPrompt("ours", "mini", Prompt.newBuilder().setText(text).build()).pieces();
  }

  private FleetView view(int first, int second, int third) {
    return new FleetView(
        List.of(
            worker("w1", first, true, one),
            worker("w2", second, true, two),
            worker("w3", third, true, three)));
  }

  private FleetView view(int first, int second) {
    return new FleetView(List.of(worker("w1", first, true, one), worker("w2", second, true, two)));
  }

  private static WorkerView worker(String name, int running, boolean reachable, HeldPieces held) {
    return new WorkerView(
        name,
        new WorkerAddress("127.0.0.1", 1),
        reachable,
        new Load(running, 0, 4, 0),
        List.of(Story.model("mini")),
        held);
  }
}
