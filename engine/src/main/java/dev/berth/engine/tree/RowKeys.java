package dev.berth.engine.tree;

/**
 * Floats as integers of the same order, so that a step down a tree is a subtraction and a shift. A
 * row's keys come twice: missing is larger than any threshold in the first and smaller in the
 * second, so that a node's default direction is nothing but the copy that it looks at.
 */
final class RowKeys {
  static final int MISSING_GOES_RIGHT = Integer.MAX_VALUE;
  static final int MISSING_GOES_LEFT = Integer.MIN_VALUE;

  private RowKeys() {}

  /** Orders as {@code <} does on floats: adding 0 makes -0 and 0 the same. */
  static int of(float value) {
    int bits = Float.floatToRawIntBits(value + 0.0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }

  static float toFloat(int key) {
    return Float.intBitsToFloat(key ^ ((key >> 31) & 0x7fffffff));
  }

  /** A threshold's key. Nothing is less than NaN: only a missing value may go left there. */
  static int ofThreshold(float threshold) {
    return Float.isNaN(threshold) ? MISSING_GOES_LEFT + 1 : of(threshold);
  }
}
