package dev.unmask.deploy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise names a test or a program that exists, a bar, and what was last seen. */
class PromisesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/promises.md");
  private static final List<String> MODULES =
      List.of("proto", "cache-service", "decoder-worker", "gateway", "client", "bench", "deploy");
  private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
  private static final Pattern PROGRAM = Pattern.compile("`bench/run ([\\w.]+)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,8}");
  private static final String SAME = "the same program";

  private static final int PROMISE = 0;
  private static final int BAR = 1;
  private static final int SHOWN_BY = 2;
  private static final int SEEN = 3;
  private static final int COMMITTED = 4;

  @Test
  void rows_each_areWhole() throws IOException {
    assertThat(rows())
        .hasSizeGreaterThan(30)
        .allSatisfy(row -> {
          assertThat(row).hasSize(COMMITTED + 1);
          assertThat(List.of(row.get(PROMISE), row.get(BAR), row.get(SEEN)))
              .noneMatch(String::isBlank);
          assertThat(row.get(COMMITTED)).matches(COMMIT);
        });
  }

  @Test
  void shownBy_everyTest_exists() throws IOException {
    var tests = tests();
    assertThat(named(TEST)).isNotEmpty().allSatisfy(test -> assertThat(tests).contains(test));
  }

  @Test
  void shownBy_everyProgram_exists() throws IOException {
    assertThat(named(PROGRAM))
        .isNotEmpty()
        .allSatisfy(name ->
            assertThat(
                    ROOT.resolve("bench/src/main/java/dev/unmask/bench")
                        .resolve(name.replace('.', '/') + ".java"))
                .exists());
  }

  @Test
  void shownBy_everyPage_exists() throws IOException {
    assertThat(named(LINK))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).exists());
  }

  @Test
  void shownBy_eachRow_namesSomethingThatRuns() throws IOException {
    assertThat(rows())
        .allSatisfy(row ->
            assertThat(row.get(SHOWN_BY))
                .matches(cell ->
                    TEST.matcher(cell).find()
                        || PROGRAM.matcher(cell).find()
                        || cell.equals(SAME)));
  }

  private static List<String> named(Pattern what) throws IOException {
    return rows().stream()
        .flatMap(row -> what.matcher(row.get(SHOWN_BY)).results())
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .map(PromisesTest::cells)
        .filter(row -> !row.getFirst().equals("promise"))
        .toList();
  }

  private static List<String> cells(String line) {
    return Pattern.compile("\\|").splitAsStream(line).skip(1).map(String::strip).toList();
  }

  private static Set<String> tests() throws IOException {
    var all = Stream.<String>builder();
    for (var module : MODULES) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Test.java"))
            .forEach(name -> all.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    return all.build().collect(Collectors.toSet());
  }
}
