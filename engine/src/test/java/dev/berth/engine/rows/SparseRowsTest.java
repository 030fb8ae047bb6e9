package dev.berth.engine.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Sparse rows say what a dense row with gaps says. */
class SparseRowsTest {
  private static final float ABSENT = Float.NaN;

  private final SparseRows rows = new SparseRows();

  @Test
  void whatARowDoesNotNameIsMissing() {
    rows.add(1, 5);
    rows.add(3, 7);
    rows.endRow();
    rows.endRow();
    rows.addRow(new int[] {0, 9}, new float[] {2, 9}, 1);
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.size()).isEqualTo(3);
    assertThat(row(0)).containsExactly(ABSENT, 5, ABSENT, 7);
    assertThat(row(1)).containsExactly(ABSENT, ABSENT, ABSENT, ABSENT);
    assertThat(row(2)).containsExactly(2, ABSENT, ABSENT, ABSENT);
  }

  @Test
  void featuresMayComeInAnyOrderAndTheLastOfEqualsCounts() {
    rows.addRow(new int[] {3, 0, 3, 2, 0}, new float[] {1, 2, 3, 4, 5}, 5);
    rows.addRow(new int[] {1}, new float[] {6}, 1);
    assertThat(row(0)).containsExactly(5, ABSENT, 4, 3);
    assertThat(row(1)).containsExactly(ABSENT, 6, ABSENT, ABSENT);
    assertThat(rows.features()).startsWith(0, 2, 3, 1);
    assertThat(rows.size()).isEqualTo(4);
  }

  @Test
  void aFeatureThatTheModelDoesNotHaveDoesNotFit() {
    assertThat(rows.fit(0)).isTrue();
    rows.addRow(new int[] {3}, new float[] {1}, 1);
    assertThat(rows.fit(4)).isTrue();
    assertThat(rows.fit(3)).isFalse();
    rows.clear();
    assertThat(rows.fit(3)).isTrue();
    assertThatThrownBy(() -> rows.add(-1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature -1 of row 0");
  }

  @Test
  void aClearedBufferIsAsNew() {
    for (int round = 0; round < 3; round++) {
      rows.clear();
      for (int row = 0; row < 100; row++) {
        for (int i = 0; i < row; i++) {
          rows.add(i, row);
        }
        rows.endRow();
      }
      assertThat(rows.count()).isEqualTo(100);
      float[] last = new float[100];
      rows.copyRow(99, last);
      assertThat(last[98]).isEqualTo(99);
      assertThat(last[99]).isNaN();
    }
  }

  private float[] row(int row) {
    float[] values = new float[4];
    rows.copyRow(row, values);
    return values;
  }
}
