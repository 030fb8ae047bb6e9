package dev.berth.bench;

import dev.berth.engine.Booster;
import dev.berth.engine.rows.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A large block split over threads: pieces of the same rows into the same array. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScalingBenchmark {
  private static final int ROWS = 100_000;
  private static final int PIECE = 2_500;

  /** The folder that train.py has written. */
  @Param("target/engine-data")
  public String data;

  /** A folder in it. */
  @Param({"small", "sparse", "classes"})
  public String model;

  /** Threads that share the block. */
  @Param({"1", "2"})
  public int threads;

  private Booster booster;
  private Rows rows;
  private float[] out;
  private ExecutorService executor;

  /** Loads model and rows. */
  @Setup(Level.Trial)
  public void setUp() {
    Path folder = Path.of(data, model);
    try (BerthContestant berth = new BerthContestant(folder)) {
      booster = berth.booster();
      rows = berth.prepare(BenchRows.read(folder, booster.numFeatures()));
    }
    out = new float[ROWS * booster.numOutputs()];
    executor = Executors.newFixedThreadPool(threads);
  }

  /** Ends the threads. */
  @TearDown(Level.Trial)
  public void tearDown() {
    executor.shutdown();
  }

  /** A hundred thousand rows a call. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public float[] splitBlock() throws Exception {
    List<Callable<Void>> pieces = new ArrayList<>();
    for (int first = 0; first < ROWS; first += PIECE) {
      int from = first;
      pieces.add(
          () -> {
            booster.predictMargin(rows, from, PIECE, out);
            return null;
          });
    }
    for (Future<Void> piece : executor.invokeAll(pieces)) {
      piece.get();
    }
    return out;
  }
}
