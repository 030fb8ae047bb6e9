package dev.berth.e2e.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules about classes, for a house whose modules are packages under {@code root}. */
record HouseRules(String root) {

  /** Which modules of ours each module may use. What is not here may be used by nobody of ours. */
  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.of(
              "api", Set.of(),
              "engine", Set.of(),
              "serving", Set.of("engine"),
              "planner", Set.of("api"),
              "modelserver", Set.of("engine", "serving"),
              "router", Set.of("engine", "serving"),
              "operator", Set.of("planner", "api", "serving"),
              "aot", Set.of(),
              "local", Set.of("planner", "api", "serving", "engine", "aot")));

  private static final Set<String> SEE_KUBERNETES_CLIENT = Set.of("operator", "router");

  /** What our resource types extend, and what the generator of their CRDs hands to them. */
  private static final Set<String> RESOURCE_BASE =
      Set.of(
          "io.fabric8.kubernetes.client.CustomResource",
          "io.fabric8.kubernetes.client.utils.KubernetesSerialization");

  static Set<String> modules() {
    return MAY_USE.keySet();
  }

  List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>();
    for (String module : modules()) {
      rules.add(usesOnlyItsNeighbours(module));
      rules.add(hasNoCycles(module));
    }
    rules.add(onlyTheOperatorSeesJosdk());
    rules.add(onlyShellsOfTheClusterSeeItsClient());
    rules.add(theEngineKnowsNoTransport());
    return rules;
  }

  ArchRule usesOnlyItsNeighbours(String module) {
    String[] strangers =
        modules().stream()
            .filter(other -> !other.equals(module) && !MAY_USE.get(module).contains(other))
            .map(this::packages)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(packages(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(strangers)
        .as(module + " uses of ours at most " + MAY_USE.get(module))
        .allowEmptyShould(true);
  }

  ArchRule hasNoCycles(String module) {
    return slices()
        .assignedFrom(new PackagesOf(root + "." + module))
        .should()
        .beFreeOfCycles()
        .as("rooms of " + module + " have no cycles")
        .allowEmptyShould(true);
  }

  ArchRule onlyTheOperatorSeesJosdk() {
    return noClasses()
        .that(areOutside(Set.of("operator")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.javaoperatorsdk..")
        .as("only operator sees JOSDK");
  }

  ArchRule onlyShellsOfTheClusterSeeItsClient() {
    DescribedPredicate<JavaClass> client =
        resideInAPackage("io.fabric8.kubernetes.client..")
            .and(describe("not the resource base", t -> !RESOURCE_BASE.contains(t.getName())));
    return noClasses()
        .that(areOutside(SEE_KUBERNETES_CLIENT))
        .should()
        .dependOnClassesThat(client)
        .as("only operator and router see the Kubernetes client");
  }

  ArchRule theEngineKnowsNoTransport() {
    return noClasses()
        .that()
        .resideInAPackage(packages("engine"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("io.netty..", "java.net.http..", "com.sun.net..", "io.fabric8.."))
        .as("engine knows no HTTP and no Kubernetes")
        .allowEmptyShould(true);
  }

  private DescribedPredicate<JavaClass> areOutside(Set<String> modules) {
    String[] allowed = modules.stream().map(this::packages).toArray(String[]::new);
    return DescribedPredicate.not(resideInAnyPackage(allowed));
  }

  private String packages(String module) {
    return root + "." + module + "..";
  }

  /**
   * Every room of a module is a slice of its own. The module's front package is none: it holds the
   * words that all rooms speak and the door that opens into them.
   */
  private record PackagesOf(String module) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return name.startsWith(module + ".") ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "rooms of " + module;
    }
  }
}
