package dev.berth.engine.tree;

/**
 * Where to begin a search among a column's thresholds: the range from its lowest to its highest in
 * buckets of the same width, and for each bucket how many thresholds are in those below. To halve
 * 250 thresholds takes eight steps, to halve the four of a bucket two.
 *
 * <p>However its arithmetic rounds, a larger value never has a lower bucket than a smaller one: so
 * a threshold in a lower bucket than a value's is below the value.
 */
final class CutBuckets {
  private static final int MOST_BUCKETS = 256;

  /** So few are found as soon by halving. */
  private static final int FEW_CUTS = 8;

  /** More than this many cuts of a column do not fit a char. */
  private static final int MANY_CUTS = Character.MAX_VALUE;

  private final float[] lowest;
  private final float[] bucketsPerUnit;

  /** Where each column's buckets begin, and where the last one's end. */
  private final int[] starts;

  private final int[] mostCuts;

  /** For each bucket: how many cuts of its column are in lower ones. */
  private final char[] below;

  /**
   * Buckets of each column's cuts.
   *
   * @param cuts as {@link RowKeys}, ascending for each column
   * @param cutStarts where each column's cuts begin, and where the last one's end
   */
  CutBuckets(int[] cuts, int[] cutStarts) {
    int columns = cutStarts.length - 1;
    this.lowest = new float[columns];
    this.bucketsPerUnit = new float[columns];
    this.starts = new int[columns + 1];
    this.mostCuts = new int[columns];
    for (int column = 0; column < columns; column++) {
      int first = cutStarts[column];
      int last = cutStarts[column + 1] - 1;
      starts[column + 1] = starts[column] + scale(column, cuts, first, last);
    }
    this.below = new char[starts[columns]];
    for (int column = 0; column < columns; column++) {
      fill(column, cuts, cutStarts[column], cutStarts[column + 1]);
    }
  }

  /** Decides on a column's buckets; returns their number. */
  private int scale(int column, int[] cuts, int first, int last) {
    int size = last - first + 1;
    // NaN, below which nothing is but what is missing, has the lowest key.
    int lowestCut = first;
    while (lowestCut < last && !Float.isFinite(RowKeys.toFloat(cuts[lowestCut]))) {
      lowestCut++;
    }
    int highestCut = last;
    while (highestCut > lowestCut && !Float.isFinite(RowKeys.toFloat(cuts[highestCut]))) {
      highestCut--;
    }
    float low = RowKeys.toFloat(cuts[lowestCut]);
    float range = RowKeys.toFloat(cuts[highestCut]) - low;
    if (size <= FEW_CUTS || size > MANY_CUTS || !(range > 0) || !Float.isFinite(range)) {
      return 1;
    }
    int buckets = Math.min(MOST_BUCKETS, Integer.highestOneBit(size - 1) * 2);
    lowest[column] = low;
    bucketsPerUnit[column] = buckets / range;
    return buckets;
  }

  private void fill(int column, int[] cuts, int first, int end) {
    int at = first;
    for (int bucket = starts[column]; bucket < starts[column + 1]; bucket++) {
      int from = at;
      below[bucket] = (char) (from - first);
      while (at < end && bucketOf(cuts[at], column) == bucket) {
        at++;
      }
      mostCuts[column] = Math.max(mostCuts[column], at - from);
    }
  }

  /** How many of a column's cuts are below all that are in a key's bucket. */
  int cutsBelow(int key, int column) {
    return below[bucketOf(key, column)];
  }

  /** Cuts of the bucket that has most of them. */
  int mostCuts(int column) {
    return mostCuts[column];
  }

  /** A conversion to int takes NaN for 0, and what is too large for the largest int. */
  private int bucketOf(int key, int column) {
    int first = starts[column];
    float units = (RowKeys.toFloat(key) - lowest[column]) * bucketsPerUnit[column];
    return first + Math.max(0, Math.min((int) units, starts[column + 1] - 1 - first));
  }
}
