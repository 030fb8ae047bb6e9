package dev.berth.modelserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.aot.SampleModel;
import dev.berth.engine.Booster;
import org.junit.jupiter.api.Test;

/** A rehearsal whose golden record were wrong would leave its image without an AOT cache. */
class SampleModelTest {
  @Test
  void predictsWhatItsRehearsalExpects() throws Exception {
    String[] cells = SampleModel.ROW.split(",", -1);
    float[] row = new float[cells.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.parseFloat(cells[i]);
    }
    float[] prediction = new float[1];
    Booster.read(SampleModel.ubj()).predict(row, 1, prediction);
    assertThat(prediction).containsExactly(Float.parseFloat(SampleModel.PREDICTION));
  }
}
