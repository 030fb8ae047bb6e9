package dev.berth.engine.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The old binary format: structs as they lay in memory, little-endian, strings and vectors with a
 * 64-bit length in front. Described by XGBoost 1.7's src/learner.cc, src/gbm/gbtree_model.h,
 * src/gbm/gblinear_model.h and include/xgboost/tree_model.h; 0.90 differs in what follows the
 * booster and in its base score, which is a margin.
 */
final class LegacyModelReader {
  /** In front since 1.1; older files begin with the learner's struct. */
  static final byte[] HEADER = "binf".getBytes(StandardCharsets.US_ASCII);

  static final int LEARNER_BYTES = 136;
  private static final int TREE_MODEL_BYTES = 160;
  private static final int LINEAR_MODEL_BYTES = 136;
  private static final int TREE_BYTES = 148;
  private static final int NODE_BYTES = 20;
  private static final int STATISTICS_BYTES = 16;
  private static final int LENGTH_BYTES = 8;

  private final ByteBuffer bytes;
  private final ParsedModel model;
  private boolean hasAttributes;
  private boolean hasMetrics;

  private LegacyModelReader(byte[] file) {
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    this.model = new ParsedModel(ModelFormat.BINARY, file.length);
  }

  static ParsedModel read(byte[] file) throws ModelFormatException {
    LegacyModelReader reader = new LegacyModelReader(file);
    reader.readLearner();
    reader.readBooster();
    reader.readTrailer();
    return reader.model;
  }

  private void readLearner() throws ModelFormatException {
    if (ModelReader.startsWith(bytes.array(), HEADER)) {
      bytes.position(HEADER.length);
    }
    need(LEARNER_BYTES, "the learner's parameters");
    int start = bytes.position();
    model.baseScores = new float[] {bytes.getFloat()};
    model.numFeatures = count("number of features", bytes.getInt());
    model.numClass = count("number of classes", bytes.getInt());
    hasAttributes = bytes.getInt() != 0;
    hasMetrics = bytes.getInt() != 0;
    int major = bytes.getInt();
    int minor = bytes.getInt();
    model.version = new XgboostVersion(major, minor, XgboostVersion.UNKNOWN_PATCH);
    ModelAssembler.checkVersion(model.version, XgboostVersion.LAST_BINARY);
    model.baseScoresAreMargins = major < 1;
    // Releases before 1.6 left a zero here.
    model.numTarget = Math.max(1, count("number of targets", bytes.getInt()));
    bytes.position(start + LEARNER_BYTES);
    model.objective = string("the objective's name");
    model.booster = string("the booster's name");
  }

  private void readBooster() throws ModelFormatException {
    switch (model.booster) {
      case "gbtree" -> readTrees();
      case "dart" -> {
        readTrees();
        model.weightDrop = model.declaredTrees == 0 ? new float[0] : floats("dart's weights");
      }
      case "gblinear" -> {
        need(LINEAR_MODEL_BYTES, "the linear model's parameters");
        bytes.position(bytes.position() + LINEAR_MODEL_BYTES);
        model.linearWeights = floats("the linear model's weights");
      }
      default -> throw ModelAssembler.unknownBooster(model.booster);
    }
  }

  private void readTrees() throws ModelFormatException {
    need(TREE_MODEL_BYTES, "the tree model's parameters");
    int start = bytes.position();
    model.declaredTrees = count("number of trees", bytes.getInt());
    bytes.position(start + TREE_MODEL_BYTES);
    model.startTrees();
    for (int tree = 0; tree < model.declaredTrees; tree++) {
      model.trees.add(readTree(tree));
    }
    need(4L * model.declaredTrees, "the outputs of the trees");
    model.outputOfTree = new int[model.declaredTrees];
    for (int tree = 0; tree < model.declaredTrees; tree++) {
      model.outputOfTree[tree] = bytes.getInt();
    }
  }

  private ParsedTree readTree(int index) throws ModelFormatException {
    need(TREE_BYTES, "the parameters of tree " + index);
    int start = bytes.position();
    int roots = bytes.getInt();
    if (roots != 1) {
      throw fault("tree " + index + " has " + roots + " roots, not one");
    }
    ParsedTree tree = new ParsedTree();
    tree.numNodes = count("number of nodes of tree " + index, bytes.getInt());
    tree.leafVectorSize = bytes.getInt(start + 20);
    if (tree.leafVectorSize < 0 || tree.leafVectorSize > 1) {
      throw fault("tree " + index + " has leaf vectors, which this format never held");
    }
    bytes.position(start + TREE_BYTES);
    need((long) tree.numNodes * (NODE_BYTES + STATISTICS_BYTES), "the nodes of tree " + index);
    readNodes(tree);
    return tree;
  }

  private void readNodes(ParsedTree tree) {
    int nodes = tree.numNodes;
    tree.left = new int[nodes];
    tree.right = new int[nodes];
    tree.feature = new int[nodes];
    tree.condition = new float[nodes];
    tree.defaultLeft = new int[nodes];
    tree.cover = new float[nodes];
    for (int node = 0; node < nodes; node++) {
      bytes.getInt(); // the parent
      tree.left[node] = bytes.getInt();
      tree.right[node] = bytes.getInt();
      int split = bytes.getInt();
      tree.feature[node] = split & Integer.MAX_VALUE;
      tree.defaultLeft[node] = split >>> 31;
      tree.condition[node] = bytes.getFloat();
    }
    for (int node = 0; node < nodes; node++) {
      bytes.getFloat(); // the loss change
      tree.cover[node] = bytes.getFloat();
      bytes.getFloat(); // the base weight
      bytes.getInt(); // leaf children
    }
  }

  /** Attributes and such mean nothing to a prediction, but a cut file shows here. */
  private void readTrailer() throws ModelFormatException {
    if (hasAttributes) {
      long attributes = length("the attributes", 2 * LENGTH_BYTES);
      for (long i = 0; i < attributes; i++) {
        string("an attribute's name");
        string("an attribute's value");
      }
    }
    if (model.version.major() < 1) {
      if (model.objective.equals("count:poisson")) {
        string("the objective's max_delta_step");
      }
      if (hasMetrics) {
        long metrics = length("the metrics", LENGTH_BYTES);
        for (long i = 0; i < metrics; i++) {
          string("a metric's name");
        }
      }
    }
    if (bytes.hasRemaining()) {
      throw fault(bytes.remaining() + " bytes follow the model");
    }
  }

  private float[] floats(String what) throws ModelFormatException {
    float[] values = new float[(int) length(what, Float.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }

  private String string(String what) throws ModelFormatException {
    byte[] text = new byte[(int) length(what, 1)];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A length whose elements, of at least so many bytes each, are known to be there. */
  private long length(String what, int elementBytes) throws ModelFormatException {
    need(LENGTH_BYTES, "the length of " + what);
    long length = bytes.getLong();
    long most = bytes.remaining() / elementBytes;
    if (length < 0 || length > most) {
      throw fault(what + ": " + length + " declared where the file has room for " + most);
    }
    return length;
  }

  private int count(String what, int value) throws ModelFormatException {
    if (value < 0) {
      throw fault("the " + what + " is negative: " + value);
    }
    return value;
  }

  private void need(long size, String what) throws ModelFormatException {
    if (bytes.remaining() < size) {
      throw fault(
          what + " should take " + size + " bytes, but the file has only " + bytes.remaining());
    }
  }

  private ModelFormatException fault(String what) {
    return new ModelFormatException("byte " + bytes.position() + ": " + what);
  }
}
