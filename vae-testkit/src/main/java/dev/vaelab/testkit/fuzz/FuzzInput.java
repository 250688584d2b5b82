package dev.vaelab.testkit.fuzz;

/**
 * A file that a reader meets.
 *
 * @param name its name; may have folders, as {@code checkpoints/last.safetensors}
 * @param content its bytes; shared, not copied
 */
public record FuzzInput(String name, byte[] content) {}
