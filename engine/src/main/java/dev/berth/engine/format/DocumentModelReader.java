package dev.berth.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * XGBoost's model document, in either encoding: the learner and its boosters. Fields are found by
 * name, in any order; a field that no known release writes is refused, as its meaning might change
 * every answer. The document is described in XGBoost's doc/model.schema.
 */
final class DocumentModelReader {
  private final DocumentReader document;
  private final ParsedModel model;

  private DocumentModelReader(DocumentReader document, ParsedModel model) {
    this.document = document;
    this.model = model;
  }

  /**
   * Reads a document.
   *
   * @param open begins the document anew
   */
  static ParsedModel read(Opener open, ModelFormat format, long fileSizeBytes)
      throws ModelFormatException {
    try {
      ParsedModel model = new ParsedModel(format, fileSizeBytes);
      DocumentReader document = open.open();
      new DocumentModelReader(document, model).readRoot();
      document.expectEnd();
      return model;
    } catch (ModelFormatException fault) {
      // XGBoost writes the version last: what looks like damage may be a newer release's news.
      Optional<XgboostVersion> version = versionOf(open);
      if (version.isPresent()) {
        ModelAssembler.checkVersion(version.get(), XgboostVersion.NEWEST_PROVEN);
      }
      throw fault;
    }
  }

  /** Begins a document. */
  interface Opener {
    DocumentReader open() throws ModelFormatException;
  }

  /** The version alone, whatever else the document holds; empty when it cannot be found. */
  private static Optional<XgboostVersion> versionOf(Opener open) {
    try {
      DocumentReader document = open.open();
      document.enterObject();
      for (String field = document.nextField(); field != null; field = document.nextField()) {
        if (field.equals("version")) {
          return Optional.of(readVersion(document));
        }
        document.skip();
      }
    } catch (ModelFormatException _) {
      // The fault that made us look says more.
    }
    return Optional.empty();
  }

  private void readRoot() throws ModelFormatException {
    boolean hasLearner = false;
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "version" -> model.version = readVersion(document);
        case "learner" -> {
          readLearner();
          hasLearner = true;
        }
        case "Model", "Config" ->
            throw document.fault(
                "this is a snapshot of a process (pickle, save_raw of a checkpoint), not a saved"
                    + " model: save it with Booster.save_model");
        default -> throw document.unknownField();
      }
    }
    if (!hasLearner) {
      throw new ModelFormatException("not an XGBoost model: there is no field 'learner'");
    }
  }

  private static XgboostVersion readVersion(DocumentReader document) throws ModelFormatException {
    int[] parts = document.readIntegers();
    if (parts.length != 3) {
      throw document.fault("a version of " + parts.length + " numbers, not three");
    }
    return new XgboostVersion(parts[0], parts[1], parts[2]);
  }

  private void readLearner() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "attributes" -> document.skip();
        case "feature_names" -> model.featureNames = readStrings();
        case "feature_types" -> model.featureTypes = readStrings();
        case "gradient_booster" -> readBooster();
        case "learner_model_param" -> readLearnerParameters();
        case "objective" -> readObjective();
        default -> throw document.unknownField();
      }
    }
  }

  private void readLearnerParameters() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "base_score" -> model.baseScores = BaseScoreText.parse(document);
        case "num_class" -> model.numClass = readCount();
        case "num_feature" -> model.numFeatures = readCount();
        case "num_target" -> model.numTarget = readCount();
        case "boost_from_average" -> document.skip();
        default -> throw document.unknownField();
      }
    }
  }

  private void readObjective() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      if (field.equals("name")) {
        model.objective = document.readString();
      } else {
        // Parameters of training and of metrics: the name alone decides the transform.
        document.skip();
      }
    }
  }

  private void readBooster() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "name" -> model.booster = document.readString();
        case "model" -> readBoosterModel();
        case "gbtree" -> readInnerBooster();
        case "weight_drop" -> model.weightDrop = document.readFloats();
        default -> throw document.unknownField();
      }
    }
  }

  /** dart wraps a gbtree. */
  private void readInnerBooster() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "name" -> {
          String name = document.readString();
          if (!name.equals("gbtree")) {
            throw document.fault("an inner booster '" + DocumentReader.shown(name) + "'");
          }
        }
        case "model" -> readBoosterModel();
        default -> throw document.unknownField();
      }
    }
  }

  private void readBoosterModel() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "gbtree_model_param" -> readTreeModelParameters();
        case "trees" -> readTrees();
        case "tree_info" -> model.outputOfTree = document.readIntegers();
        case "weights" -> model.linearWeights = document.readFloats();
        // Where rounds begin and how strings map to the codes that inputs carry: neither counts.
        case "iteration_indptr", "cats", "boosted_rounds" -> document.skip();
        default -> throw document.unknownField();
      }
    }
  }

  private void readTreeModelParameters() throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "num_trees" -> model.declaredTrees = readCount();
        case "num_parallel_tree", "size_leaf_vector" -> document.skip();
        default -> throw document.unknownField();
      }
    }
  }

  private void readTrees() throws ModelFormatException {
    if (model.trees != null) {
      throw document.fault("a second set of trees");
    }
    model.startTrees();
    document.enterArray();
    while (document.nextElement()) {
      model.trees.add(TreeDocumentReader.read(document, model.trees.size()));
    }
  }

  private List<String> readStrings() throws ModelFormatException {
    List<String> strings = new ArrayList<>();
    document.enterArray();
    while (document.nextElement()) {
      strings.add(document.readString());
    }
    return strings;
  }

  private int readCount() throws ModelFormatException {
    return readCount(document);
  }

  /** A count that XGBoost writes as text. */
  static int readCount(DocumentReader document) throws ModelFormatException {
    String text = document.readString();
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Told below, as a negative count is.
    }
    throw document.fault("'" + DocumentReader.shown(text) + "' is not a count");
  }
}
