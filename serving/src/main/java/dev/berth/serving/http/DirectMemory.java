package dev.berth.serving.http;

/**
 * The memory outside the heap that Netty's buffers may take. Netty and the JVM both allow as much
 * as the whole heap may grow to, and a container that is sized for the heap would be killed.
 */
final class DirectMemory {
  /** Read once, when the first of Netty's buffers is needed. */
  private static final String BOUND = "io.netty.maxDirectMemory";

  /** Of the heap: twice what bodies may hold, for a buffer that grows is there twice. */
  private static final int HEAP_PARTS = 3;

  /** Sockets are read and written through these buffers, however small the heap is. */
  private static final long LEAST_BYTES = 16 << 20;

  private DirectMemory() {}

  /** Sets the bound, unless whoever started the process did. */
  static void bound() {
    long bytes = Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    System.getProperties().putIfAbsent(BOUND, Long.toString(bytes));
  }
}
