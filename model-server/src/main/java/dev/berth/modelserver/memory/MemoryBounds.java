package dev.berth.modelserver.memory;

/**
 * What requests may take, as shares of the heap. The shares add up, with every worker at its worst:
 * bodies are copied to the heap once (1/6); each worker may hold one body unpacked, and an answer
 * three times over while its buffer grows and is copied (4 times 1/6 together).
 *
 * @param bodyBytes of one body
 * @param heldBytes of all large bodies together, outside the heap
 * @param unpackedBytes of one body that came packed
 * @param answerBytes of one answer
 */
public record MemoryBounds(int bodyBytes, long heldBytes, int unpackedBytes, int answerBytes) {
  private static final int PARTS = 6;
  private static final int LARGEST_ANSWER_BYTES = 256 << 20;

  /**
   * The bounds in a heap of a size.
   *
   * @param maxBodyBytes the largest body that is wanted
   */
  public static MemoryBounds of(long heapBytes, int workers, int maxBodyBytes) {
    long held = heapBytes / PARTS;
    long ofWorker = held / workers;
    int body = (int) Math.min(maxBodyBytes, held);
    return new MemoryBounds(
        body, held, (int) Math.min(body, ofWorker), (int) Math.min(LARGEST_ANSWER_BYTES, ofWorker));
  }

  /** The bounds in this JVM, with as many workers as it has cores. */
  public static MemoryBounds ofThisProcess(int maxBodyBytes) {
    Runtime jvm = Runtime.getRuntime();
    return of(jvm.maxMemory(), jvm.availableProcessors(), maxBodyBytes);
  }
}
