package dev.berth.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.engine.format.ModelReader;
import dev.berth.engine.format.XgboostModel;
import dev.berth.engine.tree.TreeEnsemble;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * XGBoost 0.90 drops trees at random even when it predicts with dart (src/gbm/gbtree.cc,
 * Dart::PredictBatch, when ntree_limit is 0): its recorded margins are those of some of the trees.
 * Which ones is not recorded, but there are few enough to try: for one choice a class, the margins
 * of all rows must come out bit for bit, and ours must be the same sum over all trees.
 */
class DartOf090Test {
  static boolean isDartOf090(ZooCase zooCase) {
    return zooCase.name().startsWith("xgb-0.90/dart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgb-0.90/dart", "xgb-0.90/dart-multi"})
  void recordedMarginsAreThoseOfSomeTreesAndOursOfAll(String name) throws Exception {
    ZooCase zooCase = ZooCase.named(name);
    byte[] file = zooCase.files().get("model.bin");
    Booster booster = Booster.read(file);
    float[] recorded = zooCase.flat("margin").orElseThrow();
    float[] ours = new float[recorded.length];
    booster.predictMargin(zooCase.inputs(), zooCase.count(), ours);
    for (int output = 0; output < booster.numOutputs(); output++) {
      Margins margins = Margins.of(zooCase, booster, file, output);
      int all = (1 << margins.trees.size()) - 1;
      assertThat(margins.agree(all, ours)).as("all trees, output %s", output).isTrue();
      assertThat(IntStream.rangeClosed(0, all).filter(some -> margins.agree(some, recorded)))
          .as("choices of trees for output %s", output)
          .isNotEmpty();
    }
  }

  /** Margins of one output by choices of its trees. */
  private static final class Margins {
    final List<Integer> trees;
    private final TreeEnsemble ensemble;
    private final int[] leaves;
    private final int count;
    private final int output;

    private Margins(TreeEnsemble ensemble, int[] leaves, int count, int output) {
      this.ensemble = ensemble;
      this.leaves = leaves;
      this.count = count;
      this.output = output;
      this.trees =
          IntStream.range(0, ensemble.trees().size())
              .filter(tree -> ensemble.outputOf(tree) == output)
              .boxed()
              .toList();
    }

    static Margins of(ZooCase zooCase, Booster booster, byte[] file, int output) throws Exception {
      TreeEnsemble ensemble = ((XgboostModel.Trees) ModelReader.read(file).body()).ensemble();
      int[] leaves = new int[zooCase.count() * booster.numTrees()];
      booster.predictLeaf(zooCase.inputs(), zooCase.count(), leaves);
      return new Margins(ensemble, leaves, zooCase.count(), output);
    }

    boolean agree(int choice, float[] margins) {
      for (int row = 0; row < count; row++) {
        if (margin(choice, row) != margins[row * ensemble.numOutputs() + output]) {
          return false;
        }
      }
      return true;
    }

    private float margin(int choice, int row) {
      float sum = 0;
      for (int i = 0; i < trees.size(); i++) {
        if ((choice >> i & 1) == 1) {
          int tree = trees.get(i);
          int leaf = leaves[row * ensemble.trees().size() + tree];
          sum += ensemble.weightOf(tree) * ensemble.trees().get(tree).leafValue(leaf, 0);
        }
      }
      return ensemble.baseMargins().get(output) + sum;
    }
  }
}
