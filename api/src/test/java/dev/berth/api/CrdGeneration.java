package dev.berth.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the CRDs from the types. Fabric8's Maven plugin would do, but for the order of the printer
 * columns: it sorts them by JSON path, and {@code kubectl get} would begin with the age. Here they
 * stand as they are declared, and what else the generator gets wrong is corrected.
 */
final class CrdGeneration implements CRDPostProcessor {
  private static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(Model.class, EndpointConfig.class, Endpoint.class, EndpointRoute.class);

  private CrdGeneration() {}

  /** The text of every CRD by its file's name, {@code models.berth.dev.yaml}. */
  static Map<String, String> generate() {
    Output output = new Output();
    new CRDGenerator()
        .customResourceClasses(List.copyOf(TYPES))
        .withParallelGenerationEnabled(false)
        .withMinQuotes(true)
        .withPostProcessor(new CrdGeneration())
        .withOutput(output)
        .detailedGenerate();
    Map<String, String> files = new TreeMap<>();
    output.streams.forEach(
        (name, stream) ->
            files.put(
                name.replaceAll("-v1$", "") + ".yaml", stream.toString(StandardCharsets.UTF_8)));
    return files;
  }

  @Override
  public HasMetadata process(HasMetadata resource, String version) {
    CustomResourceDefinition crd = (CustomResourceDefinition) resource;
    Class<?> type = type(crd.getSpec().getNames().getKind());
    List<String> declared =
        Stream.of(type.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    for (CustomResourceDefinitionVersion each : crd.getSpec().getVersions()) {
      JSONSchemaProps schema = each.getSchema().getOpenAPIV3Schema();
      schema.setDescription(type.getAnnotation(JsonClassDescription.class).value());
      SchemaCorrections.apply(schema);
      each.getAdditionalPrinterColumns()
          .sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
    }
    return crd;
  }

  private static Class<?> type(String kind) {
    return TYPES.stream()
        .filter(type -> type.getSimpleName().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static final class Output implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    private final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();

    @Override
    public ByteArrayOutputStream outputFor(String name) {
      return streams.computeIfAbsent(name, key -> new ByteArrayOutputStream());
    }

    @Override
    public void close() {}
  }
}
