package dev.berth.engine.tree;

/** Where values stand among the thresholds of their feature: searches whose steps do not branch. */
final class CutSearch {
  /** Values that are looked up together: each step of a search waits for its last. */
  static final int LANES = 4;

  /** All thresholds as {@link RowKeys}, ascending for each column. */
  private final int[] cuts;

  CutSearch(KeyPlan plan) {
    this.cuts = plan.cuts();
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

  /** The same for {@link #LANES} keys, in place. */
  void rankFour(int[] lanes, int start, int end) {
    int[] cuts = this.cuts;
    int length = end - start;
    int a = start;
    int b = start;
    int c = start;
    int d = start;
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
