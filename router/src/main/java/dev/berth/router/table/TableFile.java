package dev.berth.router.table;

import dev.berth.router.metrics.RouterMetrics;
import dev.berth.serving.route.InvalidRouteTableException;
import dev.berth.serving.route.RouteTable;
import dev.berth.serving.route.RouteTableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes its table from a file and again whenever the file changes. A file that is missing, half
 * written or nonsense changes nothing: the last good table is served on, and the log says so once.
 *
 * <p>The content is read each time: modification times have been seen to stand still within a tick
 * of the file system's clock, and a table is small.
 */
public final class TableFile implements RouteSource {
  private static final Logger log = LoggerFactory.getLogger(TableFile.class);
  private static final long PERIOD_MILLIS = 100;
  private static final long MAX_BYTES = 64L << 20;

  private final Path file;
  private final Switchboard switchboard;
  private final RouterMetrics metrics;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("table-file").factory());
  private final Pulse pulse = new Pulse(System.nanoTime());
  private byte[] seen = {};
  private String lastFault = "";

  private TableFile(Path file, Switchboard switchboard, RouterMetrics metrics) {
    this.file = file;
    this.switchboard = switchboard;
    this.metrics = metrics;
  }

  /** Reads the file now, and again within 200 ms of every change. */
  public static TableFile follow(Path file, Switchboard switchboard, RouterMetrics metrics) {
    TableFile source = new TableFile(file, switchboard, metrics);
    source.look();
    var _ =
        source.reader.scheduleWithFixedDelay(
            source::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return source;
  }

  @Override
  public boolean alive(long nowNanos) {
    return pulse.beats(nowNanos);
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }

  private void look() {
    pulse.beat(System.nanoTime());
    try {
      byte[] content = read();
      if (Arrays.equals(content, seen)) {
        lastFault = "";
        return;
      }
      RouteTable table = RouteTableJson.read(content);
      switchboard.take(table);
      seen = content;
      lastFault = "";
      log.info("routing by {}: {} endpoints", file, table.routes().size());
    } catch (NoSuchFileException _) {
      fault("there is no such file");
    } catch (IOException | UncheckedIOException | InvalidRouteTableException e) {
      fault(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // The schedule would end with the exception, and the file be followed no more.
      log.error("table {} could not be taken", file, e);
    }
  }

  private byte[] read() throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("larger than " + MAX_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private void fault(String words) {
    if (!words.equals(lastFault)) {
      lastFault = words;
      metrics.tableRejected();
      log.warn("table {} not taken, serving on by the last good one: {}", file, words);
    }
  }
}
