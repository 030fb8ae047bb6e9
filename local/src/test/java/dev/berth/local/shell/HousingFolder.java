package dev.berth.local.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of examples/housing that a test may edit, with short waits. */
record HousingFolder(Path path) {
  private static final Path EXAMPLE = Path.of("..", "examples", "housing");

  static HousingFolder in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    HousingFolder copy = new HousingFolder(folder);
    copy.edit("endpoint.yaml", "waitSeconds: 2 ", "waitSeconds: 0 ");
    copy.edit("endpoint.yaml", "terminationWaitSeconds: 5 ", "terminationWaitSeconds: 1 ");
    return copy;
  }

  /** Saves a file with some text replaced, which must be there. */
  void edit(String file, String old, String fresh) throws IOException {
    String text = Files.readString(path.resolve(file));
    if (!text.contains(old)) {
      throw new AssertionError(file + " has no '" + old + "'");
    }
    Files.writeString(path.resolve(file), text.replace(old, fresh));
  }

  void serve(String from, String to) throws IOException {
    edit("endpoint.yaml", "endpointConfigName: " + from, "endpointConfigName: " + to);
  }

  void write(String file, String text) throws IOException {
    Files.writeString(path.resolve(file), text);
  }

  void delete(String file) throws IOException {
    Files.delete(path.resolve(file));
  }

  /** A Model that is boston-v1 but for some text, and an EndpointConfig of its name. */
  void addModel(String name, String old, String fresh) throws IOException {
    String models = Files.readString(path.resolve("models.yaml"));
    List<String> documents = List.of(models.split("(?m)^---$"));
    String model =
        documents.stream().filter(d -> d.contains("name: boston-v1\n")).findFirst().orElseThrow();
    if (!model.contains(old)) {
      throw new AssertionError("boston-v1 has no '" + old + "'");
    }
    write(
        name + ".yaml",
        model.replace("name: boston-v1\n", "name: " + name + "\n").replace(old, fresh)
            + "---\napiVersion: berth.dev/v1alpha1\nkind: EndpointConfig\nmetadata: {name: "
            + name
            + "}\nspec:\n  productionVariants: [{name: stable, modelName: "
            + name
            + ", replicas: 1}]\n");
  }
}
