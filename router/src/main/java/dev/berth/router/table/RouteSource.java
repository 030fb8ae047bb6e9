package dev.berth.router.table;

/** What keeps a switchboard supplied with tables until it is closed. */
public interface RouteSource extends AutoCloseable {
  @Override
  void close();
}
