package dev.unmask.bench.blocks;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.Quantile;
import dev.unmask.bench.tenants.Tenants;
import dev.unmask.client.Answer;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Sharing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two tenants whose requests begin with the same system message: what the second one's cost when
 * the message is in a namespace that both are granted, and when each keeps it in its own. Documents
 * take turns at being the message, by odd and even; the first tenant asks all its questions first.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, documents.
 */
public final class GrantedPrompt {
  private static final String MODEL = "unmask-mini-block";
  private static final int WORKERS = 2;
  private static final int QUESTIONS = 10;
  private static final int WARM_UP = 20;

  private final UnmaskClient a;
  private final UnmaskClient b;

  private GrantedPrompt(UnmaskClient a, UnmaskClient b) {
    this.a = a;
    this.b = b;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var flags = Path.of(arguments[1]);
    var tenants = Tenants.write("{}");
    try (var cache = Fleet.cache(flags)) {
      var worker = new HashMap<>(Tenants.SECRETS);
      worker.put("unmask.worker.cache", cache.address());
      worker.put("unmask.worker.fetch", "always");
      Map<String, Object> gateway = Map.of("unmask.gateway.tenants", tenants.file().toString());
      var setup = new Fleet.Setup(flags, models.resolve(MODEL), WORKERS, worker, gateway);
      try (var fleet = Fleet.start(setup);
          var a = fleet.client(tenants.a());
          var b = fleet.client(tenants.b())) {
        var documents = Documents.read(models);
        var warm = List.copyOf(documents.byId().values()).getFirst();
        fleet.awaitServing(b, request(warm.getFirst(), "Warm up.", false).build());
        var run = new GrantedPrompt(a, b);
        var _ = run.ask(b, warm, WARM_UP, false);
        run.compare(documents.longest(Integer.parseInt(arguments[2])));
      }
    }
  }

  private void compare(List<List<Documents.Asked>> documents) {
    var own = new ArrayList<Answer>();
    var granted = new ArrayList<Answer>();
    for (int i = 0; i < documents.size(); i++) {
      boolean shared = i % 2 == 0;
      var _ = ask(a, documents.get(i), QUESTIONS, shared);
      (shared ? granted : own).addAll(ask(b, documents.get(i), QUESTIONS, shared));
    }
    System.out.println(
        "| the message is | questions | prompt tokens | rows computed | pages hit | kept positions"
            + " | first block of the first question (ms) | median (ms) |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    row("each tenant's own", own);
    row("granted to both", granted);
  }

  /** Asks a document's questions behind the document, one after the other. */
  private List<Answer> ask(
      UnmaskClient client, List<Documents.Asked> document, int count, boolean granted) {
    return IntStream.range(0, count)
        .mapToObj(i -> document.get(i % document.size()))
        .map(asked -> request(asked, asked.document(), granted).build())
        .map(request -> client.ask(request, _ -> {}))
        .toList();
  }

  private static GenerateRequest.Builder request(
      Documents.Asked asked, String system, boolean granted) {
    var conversation = Conversation.newBuilder();
    conversation.addMessagesBuilder().setRole("system").setContent(system);
    conversation.addMessagesBuilder().setRole("user").setContent(asked.question().strip());
    var request =
        GenerateRequest.newBuilder()
            .setModel(MODEL)
            .setPrompt(Prompt.newBuilder().setConversation(conversation));
    if (granted) {
      request.setSharing(
          Sharing.newBuilder().setPrefixMessages(1).setPublicNamespace(Tenants.GRANTED));
    }
    return request;
  }

  private static void row(String what, List<Answer> answers) {
    var first = IntStream.range(0, answers.size()).filter(i -> i % QUESTIONS == 0);
    System.out.printf(
        "| %s | %d | %d | %d | %d | %d | %.0f | %.0f |%n",
        what,
        answers.size(),
        answers.stream().mapToLong(answer -> answer.usage().getPromptTokens()).sum(),
        answers.stream().mapToLong(answer -> answer.usage().getRowsComputed()).sum(),
        answers.stream().mapToLong(answer -> answer.usage().getPagesHit()).sum(),
        answers.stream().mapToLong(answer -> answer.usage().getPositionsReusedDevice()).sum(),
        median(first.mapToObj(answers::get).toList()),
        median(answers));
  }

  private static double median(List<Answer> answers) {
    var times =
        answers.stream()
            .map(answer -> Durations.toNanos(answer.usage().getTimeToFirstBlock()) / 1e6)
            .toList();
    return Quantile.of(times, .5);
  }
}
