package dev.berth.engine.format;

import java.util.ArrayList;
import java.util.List;

/** What a file says, before anyone has checked that it makes sense. */
final class ParsedModel {
  final ModelFormat format;
  final long fileSizeBytes;

  XgboostVersion version;
  String objective;
  String booster;

  /** As the file has them: one for all outputs, or one an output. */
  float[] baseScores;

  /** Releases before 1.0 saved the base score after its link. */
  boolean baseScoresAreMargins;

  int numFeatures;
  int numClass;
  int numTarget = 1;
  List<String> featureNames = List.of();
  List<String> featureTypes = List.of();

  List<ParsedTree> trees;
  int declaredTrees;
  int[] outputOfTree;

  /** dart's factor a tree; null elsewhere. */
  float[] weightDrop;

  /** gblinear's weights; null elsewhere. */
  float[] linearWeights;

  ParsedModel(ModelFormat format, long fileSizeBytes) {
    this.format = format;
    this.fileSizeBytes = fileSizeBytes;
  }

  void startTrees() {
    trees = new ArrayList<>();
  }
}
