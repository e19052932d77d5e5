package dev.unmask.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.worker.model.files.CheckpointException;
import dev.unmask.worker.text.TextTokenizer;
import dev.unmask.worker.text.TokenizerConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders made to do harm: refused in words, before much is read, and nothing of them is run. */
class PoisonedCheckpointTest {
  private static final Path LLADA = Path.of("src/test/golden/models/tiny-llada");
  private static final Path DREAM = Path.of("src/test/golden/models/tiny-dream");
  private static final Path MINI = Path.of("..", "models", "unmask-mini-llada");
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private Path directory;
  private CheckpointFolder folder;

  @BeforeEach
  void copy() {
    folder = CheckpointFolder.copy(LLADA, directory.resolve("model"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch_model.bin", "model.pt", "model.pth", "weights.pkl", "last.ckpt"})
  void open_pickleInsteadOfWeights_isNamedAndNotRead(String name) throws IOException {
    Files.delete(folder.path().resolve(WEIGHTS));
    Files.createDirectory(folder.path().resolve(name)); // Reading it would fail in other words.
    refused(name + " is a pickle").hasMessageContaining("convert it to safetensors");
  }

  /** A file with holes: 17 MiB that take no room. */
  @Test
  void open_headerBeyondItsBound_isRefusedUnread() throws IOException {
    try (var file = new RandomAccessFile(folder.path().resolve(WEIGHTS).toFile(), "rw")) {
      long length = Limits.CHECKPOINT_HEADER_BYTES + 1L;
      file.setLength(Long.BYTES + length);
      file.write(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    }
    refused("most are " + Limits.CHECKPOINT_HEADER_BYTES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}} | is not JSON",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'b':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}} | begins at",
        "{'a':{'dtype':'F32','shape':[8],'data_offsets':[0,32]}} | take 32 of 16",
        "{'a':{'dtype':'F32','shape':[18446744073709551620],'data_offsets':[0,16]}} | negative size",
        "{'a':{'dtype':'F32','shape':[4],'data_offsets':[18446744073709551616,18446744073709551632]}} | no sound shape",
        "{'a':{'dtype':'F32','shape':['4'],'data_offsets':[0,16]}} | negative size",
        "{'a':{'dtype':'F32','shape':[4.5],'data_offsets':[0,16]}} | negative size",
        "[[[[]]]] | not a JSON object",
        "{'a':7} | unsupported type"
      })
  void open_poisonedHeader_isRefused(String header, String named) {
    folder.raw(WEIGHTS, CheckpointFolder.file(header.replace('\'', '"'), new byte[16]));
    refused(named);
  }

  @Test
  void open_headerThatIsNoUtf8OrNestsWithoutEnd_isRefused() {
    byte[] file = CheckpointFolder.file("{\"a\": ??", new byte[0]);
    file[file.length - 1] = (byte) 0xFF;
    folder.raw(WEIGHTS, file);
    refused("is not JSON");
    folder.raw(WEIGHTS, CheckpointFolder.file("{\"a\":" + "[".repeat(1 << 20), new byte[0]));
    refused("is not JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../model.safetensors",
        "/etc/passwd",
        "a/b.safetensors",
        "..",
        ".safetensors",
        "a\\\\b.safetensors",
        "nul\\u0000.safetensors"
      })
  void open_indexThatReachesOutside_isRefused(String shard) throws IOException {
    Files.delete(folder.path().resolve(WEIGHTS));
    folder.index(Map.of("a", shard));
    refused("is no shard");
  }

  @Test
  @Timeout(30)
  void open_pipeInsteadOfAFile_isRefusedAndNotWaitedFor() throws Exception {
    for (var name : new String[] {WEIGHTS, "config.json"}) {
      var file = folder.path().resolve(name);
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      refused("is no regular file");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"n_layers\": 4', '\"n_layers\": 2000000000', layers must be in",
    "'\"d_model\": 64', '\"d_model\": 2000000000', hidden size must be in",
    "'\"embedding_size\": 512', '\"embedding_size\": 2000000000', vocabulary must be in",
    "'\"mlp_hidden_size\": 128', '\"mlp_hidden_size\": 2000000000', width of the MLP must be in",
  })
  void open_absurdSizes_areRefusedBeforeAnythingIsMadeOfThem(String from, String to, String named)
      throws IOException {
    assertThat(Files.readString(folder.path().resolve("config.json"))).contains(from);
    folder.config(text -> text.replace(from, to));
    refused(named);
  }

  @Test
  void open_headsOfNothing_areRefused() throws IOException {
    folder = CheckpointFolder.copy(DREAM, directory.resolve("dream"));
    folder.config(text ->
        text.replaceFirst("\"num_attention_heads\": \\d+", "\"num_attention_heads\": 4096")
            .replaceFirst("\"num_key_value_heads\": \\d+", "\"num_key_value_heads\": 4096"));
    refused("width of queries must be in");
  }

  @Test
  void open_configurationBeyondItsBound_isRefusedUnread() throws IOException {
    try (var file = new RandomAccessFile(folder.path().resolve("config.json").toFile(), "rw")) {
      file.setLength(Limits.CHECKPOINT_JSON_BYTES + 1L);
    }
    refused("most are " + Limits.CHECKPOINT_JSON_BYTES);
  }

  @Test
  void tokenizer_beyondItsBoundOrNone_isRefused() throws IOException {
    var file = folder.path().resolve("tokenizer.json");
    try (var content = new RandomAccessFile(file.toFile(), "rw")) {
      content.setLength(Limits.TOKENIZER_BYTES + 1L);
    }
    assertThatThrownBy(() -> TextTokenizer.open(folder.path()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("most are " + Limits.TOKENIZER_BYTES);
    for (var bad :
        new String[] {"", "[]", "{\"model\":{\"type\":\"BPE\",\"vocab\":" + "[".repeat(100_000)}) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> TextTokenizer.open(folder.path())).isInstanceOf(Exception.class);
    }
  }

  /** A pattern that backtracks for ever is no pattern of this engine's, or ends. */
  @Test
  void tokenizer_patternThatBacktracks_endsInTime() throws IOException {
    var text = Files.readString(MINI.resolve("tokenizer.json"));
    assertThat(text).contains("pre_tokenizer");
    Files.writeString(folder.path().resolve("tokenizer.json"), text);
    try (var tokenizer = TextTokenizer.open(folder.path())) {
      long start = System.nanoTime();
      tokenizer.encode("a".repeat(1 << 20) + " ".repeat(1 << 10) + "!".repeat(1 << 10));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void tokenizerConfig_idThatIsNone_isRefused() throws IOException {
    var names = "{\"added_tokens_decoder\":{\"x\":{\"content\":\"<|eot_id|>\"}}}";
    Files.writeString(folder.path().resolve("tokenizer_config.json"), names);
    assertThatThrownBy(() -> TokenizerConfig.read(folder.path(), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no id: x");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(String named) {
    return assertThatThrownBy(() -> Checkpoint.open(folder.path()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining("\n\tat ");
  }
}
