package dev.unmask.worker.serving.models;

import com.google.protobuf.ByteString;
import dev.unmask.digest.Sha256;
import dev.unmask.type.v1.ElementType;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.model.Dream;
import dev.unmask.worker.model.FastDllmV2;
import dev.unmask.worker.model.Llada;
import dev.unmask.worker.model.Sdar;
import dev.unmask.worker.preference.MethodsFile;
import dev.unmask.worker.shallow.DepthFile;
import dev.unmask.worker.text.ChatTemplate;
import dev.unmask.worker.text.TextTokenizer;
import dev.unmask.worker.text.TokenizerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checkpoint folder on its way to a {@link ServedModel}.
 *
 * @param path of the folder; its name is the model's
 */
public record ModelFolder(Path path) {
  /** The model's name: the folder's. */
  public String name() {
    return path.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * Loads model and tokenizer. For the engine's thread.
   *
   * @throws dev.unmask.worker.model.files.CheckpointException if the folder does not fit, naming
   *     the tensor and both shapes
   * @throws UncheckedIOException if a file cannot be read
   */
  public ServedModel load(EngineSettings settings) {
    try (var checkpoint = Checkpoint.open(path)) {
      var text = TokenizerConfig.read(path, checkpoint.traits().endOfSequenceToken());
      var engine = TorchEngine.load(checkpoint, settings);
      var description = description(checkpoint, settings, engine.pageLayout(), text);
      return new ServedModel(
          description.toBuilder()
              .addAllPreferredMethods(MethodsFile.read(path, description))
              .build(),
          checkpoint.traits().withEndOfTurn(endOfTurn(checkpoint.traits(), text)),
          engine,
          TextTokenizer.open(path),
          text,
          text.chatTemplate().map(source -> new ChatTemplate(source, text)),
          DepthFile.read(path, checkpoint.weightsDigest(), checkpoint.shape().layers()),
          program(description.getIdentity(), engine.pageLayout()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] endOfTurn(ModelTraits traits, TokenizerConfig text) {
    return text.endTokens().stream()
        .mapToInt(token -> token)
        .filter(token -> token != traits.endOfSequenceToken())
        .sorted()
        .toArray();
  }

  private Model description(
      Checkpoint checkpoint, EngineSettings settings, PageLayout layout, TokenizerConfig text)
      throws IOException {
    return Model.newBuilder()
        .setIdentity(
            ModelIdentity.newBuilder()
                .setName(name())
                .setFamily(family(checkpoint))
                .setWeightsDigest(ByteString.copyFrom(checkpoint.weightsDigest()))
                .setTokenizerDigest(ByteString.copyFrom(tokenizerDigest(text)))
                .setComputeType(computeType(layout))
                .setWeightType(weightType(settings)))
        .setContextLength(checkpoint.shape().contextLength())
        .setVocabularySize(checkpoint.shape().vocabulary())
        .setMaskToken(checkpoint.traits().maskToken())
        .setEndOfSequenceToken(checkpoint.traits().endOfSequenceToken())
        .setBlockLength(checkpoint.traits().causalBlock().orElse(0))
        .setHasChatTemplate(text.chatTemplate().isPresent())
        .build();
  }

  private static ModelFamily family(Checkpoint checkpoint) {
    return switch (checkpoint.family()) {
      case Llada _ -> ModelFamily.MODEL_FAMILY_LLADA;
      case Dream _ -> ModelFamily.MODEL_FAMILY_DREAM;
      case FastDllmV2 _ -> ModelFamily.MODEL_FAMILY_FAST_DLLM_V2;
      case Sdar _ -> ModelFamily.MODEL_FAMILY_SDAR;
    };
  }

  private static ElementType computeType(PageLayout layout) {
    return switch (layout.type()) {
      case FLOAT32 -> ElementType.ELEMENT_TYPE_FLOAT32;
      case BFLOAT16 -> ElementType.ELEMENT_TYPE_BFLOAT16;
    };
  }

  private static ElementType weightType(EngineSettings settings) {
    return switch (settings.weightType()) {
      case FLOAT32 -> ElementType.ELEMENT_TYPE_FLOAT32;
      case BFLOAT16 -> ElementType.ELEMENT_TYPE_BFLOAT16;
      case INT8 -> ElementType.ELEMENT_TYPE_INT8;
    };
  }

  private byte[] tokenizerDigest(TokenizerConfig text) throws IOException {
    var digest = Sha256.begin();
    digest.update(Files.readAllBytes(path.resolve("tokenizer.json")));
    digest.update(text.chatTemplate().orElse("").getBytes(StandardCharsets.UTF_8));
    return digest.digest();
  }

  /** Everything but prompt and lengths that a first forward, and the bytes of its pages, follow. */
  private static byte[] program(ModelIdentity identity, PageLayout layout) {
    var digest = Sha256.begin();
    digest.update(identity.getWeightsDigest().asReadOnlyByteBuffer());
    digest.update(identity.getTokenizerDigest().asReadOnlyByteBuffer());
    digest.update(
        ByteBuffer.allocate(28)
            .putInt(TorchEngine.PROGRAM_VERSION)
            .putInt(layout.type().bytes())
            .putInt(identity.getWeightTypeValue())
            .putInt(layout.layers())
            .putInt(layout.kvHeads())
            .putInt(layout.headSize())
            .putInt(layout.hidden())
            .flip());
    return digest.digest();
  }
}
