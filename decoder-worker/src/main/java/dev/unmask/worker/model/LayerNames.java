package dev.unmask.worker.model;

/**
 * Names of one layer's modules. The tensor of a module is its name with {@code .weight}, and {@code
 * .bias} where it has one.
 *
 * @param attentionNorm norm before attention
 * @param query projection
 * @param key projection
 * @param value projection
 * @param queryNorm norm of each query head, where there is one
 * @param keyNorm norm of each key head, where there is one
 * @param attentionOut projection after attention
 * @param mlpNorm norm before the MLP
 * @param gate the MLP's projection that goes through the activation
 * @param up the MLP's projection that is gated
 * @param down the MLP's projection back
 */
public record LayerNames(
    String attentionNorm,
    String query,
    String key,
    String value,
    String queryNorm,
    String keyNorm,
    String attentionOut,
    String mlpNorm,
    String gate,
    String up,
    String down) {}
