package dev.berth.local.manifest.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One of {@code x-kubernetes-validations}, ready to run. */
final class Rule {
  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("self", SimpleType.DYN)
          .addVar("oldSelf", SimpleType.DYN)
          .addFunctionDeclarations(Quantities.IS_QUANTITY)
          .setResultType(SimpleType.BOOL)
          .build();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().addFunctionBindings(Quantities.binding()).build();
  private static final Pattern OLD_SELF = Pattern.compile("\\boldSelf\\b");

  private final String message;
  private final boolean transition;
  private final CelRuntime.Program program;

  private Rule(String message, boolean transition, CelRuntime.Program program) {
    this.message = message;
    this.transition = transition;
    this.program = program;
  }

  static List<Rule> readAll(JsonNode validations) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode each : validations) {
      String expression = each.path("rule").asText();
      rules.add(
          new Rule(
              each.path("message").asText("failed rule: " + expression),
              OLD_SELF.matcher(expression).find(),
              compile(expression)));
    }
    return List.copyOf(rules);
  }

  private static CelRuntime.Program compile(String expression) {
    try {
      return RUNTIME.createProgram(COMPILER.compile(expression).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalStateException("CEL rule that does not compile: " + expression, e);
    }
  }

  /** What to say when it is broken. */
  String message() {
    return message;
  }

  /** Whether it compares with the previous value, and so says nothing without one. */
  boolean transition() {
    return transition;
  }

  /**
   * Whether a value keeps it.
   *
   * @param self as {@link CelValues} gives it
   * @param oldSelf the previous value; any value for a rule that is no {@link #transition}
   */
  boolean holds(Object self, Object oldSelf) {
    try {
      return (Boolean) program.eval(Map.of("self", self, "oldSelf", oldSelf));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("CEL rule that cannot be evaluated: " + message, e);
    }
  }
}
