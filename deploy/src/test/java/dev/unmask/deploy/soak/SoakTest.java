package dev.unmask.deploy.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.local.Plan;
import dev.unmask.deploy.Fleet;
import dev.unmask.deploy.Traffic;
import dev.unmask.generation.v1.GenerateRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway, two workers and two cache-services under steady requests and {@link Harm}. Run it with
 * {@code -Dlong=30}, its minutes; a multiple of 15, so that both thirds that are compared suffer
 * the same. It prints what it found.
 */
@EnabledIfSystemProperty(
    named = "long",
    matches = "[1-9][0-9]*",
    disabledReason = "takes -Dlong=MINUTES")
class SoakTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SAMPLED = Duration.ofSeconds(5);
  private static final List<String> LIVING = List.of("gateway", "worker-1", "cache-service-1");
  private static final long RESIDENT_GROWTH_KIB = 8 << 10;
  private static final double DRIFT = 1.10;

  /** One connection or thread more or less at the moment of a sample is no leak. */
  private static final long COUNT_GROWTH = 2;

  @TempDir private Path pages;

  @Test
  void soak_underLoadAndFaults_takesNoMoreAndAnswersAsFast() throws Exception {
    var length = Duration.ofMinutes(Long.getLong("long"));
    try (var fleet = Fleet.start(new Plan.Services(2, 2), pages, new SmallStores())) {
      fleet.awaitServing("worker-1");
      fleet.awaitServing("worker-2");
      try (var traffic = Traffic.start(fleet.client(), INTERVAL, SoakTest::request)) {
        var courses = suffer(fleet, length);
        var outcomes = traffic.end();
        Traffic.assertWhole(outcomes);
        assertFlat(courses, outcomes);
      }
    }
  }

  private static Map<String, Course> suffer(Fleet fleet, Duration length) throws Exception {
    try (var _ = Harm.to(fleet);
        var _ = new Impatience(fleet.client())) {
      return watch(fleet, length);
    }
  }

  /** In turn: a prompt that everybody asks, a long answer, one that nobody asked yet. */
  private static GenerateRequest request(int number) {
    return switch (number % 4) {
      case 0 -> Fleet.quick("", "Question: What is 12 and 7?\nAnswer:");
      case 1 -> Fleet.steady("Question: What is " + number % 50 + " and 7?\nAnswer:");
      default -> Fleet.quick("", "Question: What is " + number + " and 7?\nAnswer:");
    };
  }

  private static Map<String, Course> watch(Fleet fleet, Duration length) throws Exception {
    Map<String, List<Vitals>> samples = new LinkedHashMap<>();
    LIVING.forEach(service -> samples.put(service, new ArrayList<>()));
    var left = new CountDownLatch((int) length.dividedBy(SAMPLED));
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          clock.scheduleAtFixedRate(
              () -> {
                samples.forEach((name, all) -> all.add(Vitals.of(fleet.handle(name))));
                left.countDown();
              },
              0,
              SAMPLED.toMillis(),
              TimeUnit.MILLISECONDS);
      assertThat(left.await(2 * length.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
      clock.shutdownNow();
    }
    var courses = new LinkedHashMap<String, Course>();
    samples.forEach((name, all) -> courses.put(name, new Course(List.copyOf(all))));
    return courses;
  }

  private static void assertFlat(Map<String, Course> courses, List<Traffic.Outcome> outcomes) {
    var all = new SoftAssertions();
    courses.forEach((name, course) -> {
      System.out.println(name + " " + course.summary());
      all.assertThat(course.growth(Vitals::residentKib))
          .as(name + ": resident KiB")
          .isLessThanOrEqualTo(RESIDENT_GROWTH_KIB);
      all.assertThat(course.growth(Vitals::descriptors))
          .as(name + ": descriptors")
          .isLessThanOrEqualTo(COUNT_GROWTH);
      all.assertThat(course.growth(Vitals::threads))
          .as(name + ": threads")
          .isLessThanOrEqualTo(COUNT_GROWTH);
    });
    int third = outcomes.size() / 3;
    double before = p99(outcomes.subList(third, 2 * third));
    double after = p99(outcomes.subList(2 * third, outcomes.size()));
    System.out.printf("%d requests, p99 %.2f s, then %.2f s%n", outcomes.size(), before, after);
    all.assertThat(after).as("p99 of the last third, s").isLessThanOrEqualTo(DRIFT * before);
    all.assertAll();
  }

  private static double p99(List<Traffic.Outcome> outcomes) {
    var sorted = outcomes.stream().mapToDouble(Traffic.Outcome::seconds).sorted().toArray();
    return sorted[(int) (0.99 * sorted.length)];
  }
}
