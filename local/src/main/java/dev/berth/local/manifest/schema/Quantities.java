package dev.berth.local.manifest.schema;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.regex.Pattern;

/** {@code isQuantity}, which an API server adds to CEL. */
final class Quantities {
  static final CelFunctionDecl IS_QUANTITY =
      CelFunctionDecl.newFunctionDeclaration(
          "isQuantity",
          CelOverloadDecl.newGlobalOverload(
              "is_quantity_string", SimpleType.BOOL, SimpleType.STRING));

  /** The serialization format that apimachinery's resource.Quantity describes. */
  private static final Pattern QUANTITY =
      Pattern.compile("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?");

  private Quantities() {}

  static CelFunctionBinding binding() {
    return CelFunctionBinding.from("is_quantity_string", String.class, Quantities::isQuantity);
  }

  private static boolean isQuantity(String text) {
    return QUANTITY.matcher(text).matches();
  }
}
