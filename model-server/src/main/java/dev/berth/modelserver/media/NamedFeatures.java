package dev.berth.modelserver.media;

import java.util.Arrays;

/**
 * Which features a row has named so far, for formats that name them by number. Writers name them in
 * ascending order, and then nothing need be remembered: only a row that does not makes us keep a
 * table as long as the model is wide.
 */
final class NamedFeatures {
  private final int width;
  private int[] ofRow = new int[32];
  private int size;
  private int last;
  private long row;

  /** By feature, the last row that named it; null while every row has been in order. */
  private long[] namedIn;

  NamedFeatures(int width) {
    this.width = width;
  }

  /** Another row begins. */
  void nextRow() {
    row++;
    size = 0;
    last = -1;
  }

  /** Names a feature; false when this row has named it before. */
  boolean add(int feature) {
    if (namedIn == null && feature > last) {
      if (size == ofRow.length) {
        ofRow = Arrays.copyOf(ofRow, 2 * size);
      }
      ofRow[size++] = feature;
      last = feature;
      return true;
    }
    if (namedIn == null) {
      namedIn = new long[width];
      for (int i = 0; i < size; i++) {
        namedIn[ofRow[i]] = row;
      }
    }
    boolean fresh = namedIn[feature] != row;
    namedIn[feature] = row;
    return fresh;
  }

  /** Whether this row has named a feature. */
  boolean has(int feature) {
    return namedIn == null
        ? Arrays.binarySearch(ofRow, 0, size, feature) >= 0
        : namedIn[feature] == row;
  }
}
