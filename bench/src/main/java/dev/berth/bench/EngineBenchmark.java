package dev.berth.bench;

import java.nio.file.Path;
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

/** Microseconds a row on one thread, from rows in arrays to margins in an array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {
  private static final int SINGLE_ROWS = 1_000;
  private static final int BLOCK = 1_000;
  private static final int LARGE_BLOCK = 100_000;
  private static final int EXPLAINED = 20;

  /** The folder that train.py has written. */
  @Param("target/engine-data")
  public String data;

  /** A folder in it. */
  @Param({"small", "sparse", "classes"})
  public String model;

  /** Who answers. */
  @Param({"berth", "xgboost4j", "h2o"})
  public String contestant;

  private Contestant answers;
  private final Object[] singles = new Object[SINGLE_ROWS];
  private Object block;
  private Object explained;
  private BenchRows rows;
  private Object largeBlock;
  private int next;

  /** Loads model and rows, and holds the contestant's answers against the engine's. */
  @Setup(Level.Trial)
  public void setUp() {
    Path folder = Path.of(data, model);
    try (BerthContestant berth = new BerthContestant(folder)) {
      answers = Contestant.named(contestant, folder);
      rows = BenchRows.read(folder, berth.booster().numFeatures());
      for (int i = 0; i < SINGLE_ROWS; i++) {
        BenchRows single = rows.some(i, 1);
        singles[i] = answers.prepare(single);
        check(berth.margins(berth.prepare(single)), answers.margins(singles[i]), i);
      }
    }
    block = answers.prepare(rows.some(0, BLOCK));
    explained = answers.prepare(rows.some(0, EXPLAINED));
  }

  private static void check(float[] expected, float[] actual, int row) {
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(expected[i] - actual[i]) <= 1e-4)) {
        throw new IllegalStateException(
            "row " + row + ", output " + i + ": " + actual[i] + ", not " + expected[i]);
      }
    }
  }

  /** Frees what is not Java's. */
  @TearDown(Level.Trial)
  public void tearDown() {
    answers.close();
  }

  /** One row a call, another one each time. */
  @Benchmark
  public float[] oneRow() {
    next = next + 1 == SINGLE_ROWS ? 0 : next + 1;
    return answers.margins(singles[next]);
  }

  /** A thousand rows a call. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public float[] block() {
    return answers.margins(block);
  }

  /** A hundred thousand rows a call. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(LARGE_BLOCK)
  public float[] largeBlock() {
    if (largeBlock == null) {
      largeBlock = answers.prepare(rows);
    }
    return answers.margins(largeBlock);
  }

  /** TreeSHAP of twenty rows a call. */
  @Benchmark
  @OperationsPerInvocation(EXPLAINED)
  public float[] contributions() {
    return answers.contributions(explained);
  }
}
