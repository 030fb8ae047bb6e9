package dev.berth.engine.tree;

/** Where values stand among the thresholds of their feature: searches whose steps do not branch. */
final class CutSearch {
  /** Values that are looked up together: each step of a search waits for its last. */
  static final int LANES = 4;

  /** All thresholds as {@link RowKeys}, ascending for each column. */
  private final int[] cuts;

  private final int[] cutStarts;
  private final CutBuckets buckets;

  CutSearch(int[] cuts, int[] cutStarts) {
    this.cuts = cuts;
    this.cutStarts = cutStarts;
    this.buckets = new CutBuckets(cuts, cutStarts);
  }

  /** How many of the cuts from {@code start} to before {@code end} are not above a key. */
  int rank(int key, int start, int end) {
    int at = start;
    int length = end - start;
    while (length > 1) {
      int half = length >> 1;
      at += half & reaches(key, cuts[at + half - 1]);
      length -= half;
    }
    return at - start - reaches(key, cuts[at]);
  }

  /**
   * How many of a column's cuts are not above each of {@link #LANES} keys, in place. Keys of NaN
   * become anything from 0 to the number of cuts.
   */
  void rankFour(int[] lanes, int column) {
    int[] cuts = this.cuts;
    int start = cutStarts[column];
    int length = buckets.mostCuts(column);
    // Where a bucket's cuts are fewer, the search goes on among those of the next ones.
    int last = cutStarts[column + 1] - length;
    int a = Math.min(start + buckets.cutsBelow(lanes[0], column), last);
    int b = Math.min(start + buckets.cutsBelow(lanes[1], column), last);
    int c = Math.min(start + buckets.cutsBelow(lanes[2], column), last);
    int d = Math.min(start + buckets.cutsBelow(lanes[3], column), last);
    while (length > 1) {
      int half = length >> 1;
      a += half & reaches(lanes[0], cuts[a + half - 1]);
      b += half & reaches(lanes[1], cuts[b + half - 1]);
      c += half & reaches(lanes[2], cuts[c + half - 1]);
      d += half & reaches(lanes[3], cuts[d + half - 1]);
      length -= half;
    }
    lanes[0] = a - start - reaches(lanes[0], cuts[a]);
    lanes[1] = b - start - reaches(lanes[1], cuts[b]);
    lanes[2] = c - start - reaches(lanes[2], cuts[c]);
    lanes[3] = d - start - reaches(lanes[3], cuts[d]);
  }

  /** -1 when a key is not below a cut, else 0. */
  private static int reaches(int key, int cut) {
    return ~(int) (((long) key - cut) >> 63);
  }
}
