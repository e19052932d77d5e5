package dev.unmask.worker.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tensors of one fp32 safetensors file. */
final class PlainWeights {
  private final ByteBuffer file;
  private final JsonNode header;
  private final int dataStart;

  PlainWeights(Path safetensors) throws IOException {
    file = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = Math.toIntExact(file.getLong(0));
    dataStart = Long.BYTES + headerBytes;
    header = new ObjectMapper().readTree(file.array(), Long.BYTES, headerBytes);
  }

  boolean has(String name) {
    return header.has(name);
  }

  /** All elements of a tensor, row by row. */
  float[] vector(String name) {
    var offsets = header.required(name).required("data_offsets");
    int start = offsets.get(0).asInt();
    float[] values = new float[(offsets.get(1).asInt() - start) / Float.BYTES];
    file.slice(dataStart + start, values.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  /** The same; empty if there is no such tensor. */
  float[] vectorIfAny(String name) {
    return has(name) ? vector(name) : new float[0];
  }

  /** A linear layer: a {@code [out][in]} weight and its bias, if it has one. */
  Linear linear(String name) {
    int out = header.required(name + ".weight").required("shape").get(0).asInt();
    float[] bias = has(name + ".bias") ? vector(name + ".bias") : new float[out];
    return new Linear(vector(name + ".weight"), bias);
  }

  /** y = W x + b, with W kept by columns, so that the inner loop runs over outputs. */
  static final class Linear {
    private final float[][] columns;
    private final float[] bias;

    Linear(float[] weight, float[] bias) {
      this.bias = bias;
      int in = weight.length / bias.length;
      columns = new float[in][bias.length];
      for (int o = 0; o < bias.length; o++) {
        for (int i = 0; i < in; i++) {
          columns[i][o] = weight[o * in + i];
        }
      }
    }

    float[] apply(float[] x) {
      float[] y = bias.clone();
      for (int i = 0; i < x.length; i++) {
        axpy(x[i], columns[i], y);
      }
      return y;
    }

    private static void axpy(float a, float[] x, float[] y) {
      for (int o = 0; o < y.length; o++) {
        y[o] += a * x[o];
      }
    }
  }
}
