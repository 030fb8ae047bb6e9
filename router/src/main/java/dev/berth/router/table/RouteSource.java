package dev.berth.router.table;

/** What keeps a switchboard supplied with tables until it is closed. */
public interface RouteSource extends AutoCloseable {
  /**
   * Whether it still does.
   *
   * @param nowNanos of System.nanoTime
   */
  boolean alive(long nowNanos);

  @Override
  void close();
}
