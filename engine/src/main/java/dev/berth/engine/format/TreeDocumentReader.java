package dev.berth.engine.format;

/** One tree of a model document. */
final class TreeDocumentReader {
  private TreeDocumentReader() {}

  static ParsedTree read(DocumentReader document, int index) throws ModelFormatException {
    ParsedTree tree = new ParsedTree();
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "tree_param" -> readParameters(document, tree);
        case "id" -> {
          int id = document.readInt();
          if (id != index) {
            throw document.fault("tree " + index + " has the id " + id);
          }
        }
        case "left_children" -> tree.left = document.readIntegers();
        case "right_children" -> tree.right = document.readIntegers();
        case "split_indices" -> tree.feature = document.readIntegers();
        case "split_conditions" -> tree.condition = document.readFloats();
        case "default_left" -> tree.defaultLeft = document.readIntegers();
        case "sum_hessian" -> tree.cover = document.readFloats();
        case "base_weights" -> tree.baseWeights = document.readFloats();
        case "leaf_weights" -> tree.leafWeights = document.readFloats();
        case "split_type" -> tree.splitType = document.readIntegers();
        case "categories" -> tree.categories = document.readIntegers();
        case "categories_nodes" -> tree.categoryNodes = document.readIntegers();
        case "categories_segments" -> tree.categoryStarts = document.readIntegers();
        case "categories_sizes" -> tree.categorySizes = document.readIntegers();
        // Statistics of training, and what the children say already.
        case "loss_changes", "parents", "leaf_child_counts" -> document.skip();
        default -> throw document.unknownField();
      }
    }
    if (tree.left == null) {
      throw document.fault("tree " + index + " has no field 'left_children'");
    }
    return tree;
  }

  private static void readParameters(DocumentReader document, ParsedTree tree)
      throws ModelFormatException {
    document.enterObject();
    for (String field = document.nextField(); field != null; field = document.nextField()) {
      switch (field) {
        case "num_nodes" -> tree.numNodes = DocumentModelReader.readCount(document);
        case "size_leaf_vector" -> tree.leafVectorSize = DocumentModelReader.readCount(document);
        case "num_feature", "num_deleted" -> document.skip();
        default -> throw document.unknownField();
      }
    }
  }
}
