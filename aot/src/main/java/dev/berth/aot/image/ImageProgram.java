package dev.berth.aot.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The program of an image, run from its unpacked files by its own JVM.
 *
 * @param java the JVM's launcher
 * @param flags of the JVM, class path and main class, with paths as they are here
 */
record ImageProgram(Path java, List<String> flags, Map<String, String> environment) {

  /**
   * Reads an image's entrypoint.
   *
   * @throws IOException when it does not run Java, or names a file that is not there
   */
  static ImageProgram of(ImageArchive image) throws IOException {
    List<String> entrypoint = image.entrypoint();
    List<String> flags = new ArrayList<>();
    for (String word : entrypoint.subList(1, entrypoint.size())) {
      boolean classPath = !flags.isEmpty() && flags.getLast().equals("-cp");
      flags.add(classPath ? relocated(word, image) : word);
    }
    Map<String, String> environment =
        image.environment().stream()
            .map(variable -> variable.split("=", 2))
            .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    return new ImageProgram(java(entrypoint.getFirst(), image), flags, environment);
  }

  /**
   * Says why the JVM does not run here, if it does not.
   *
   * @return empty when it does
   */
  String whyItDoesNotRun() throws InterruptedException {
    try {
      Process process = process(List.of("-version")).redirectErrorStream(true).start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "its JVM does not run here: " + words.strip();
    } catch (IOException e) {
      return "its JVM does not run here: " + e.getMessage();
    }
  }

  /** A process of the program, not yet started; {@code jvm} are flags beside its own. */
  ProcessBuilder process(List<String> jvm, List<String> arguments) {
    List<String> words = new ArrayList<>(jvm);
    words.addAll(flags);
    words.addAll(arguments);
    return process(words);
  }

  private ProcessBuilder process(List<String> words) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static Path java(String word, ImageArchive image) throws IOException {
    List<String> places =
        word.startsWith("/")
            ? List.of(word)
            : Arrays.stream(image.environment("PATH").orElse("").split(":"))
                .map(folder -> folder + "/" + word)
                .toList();
    return places.stream()
        .map(image::here)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("the image has no program " + word));
  }

  /** The JVM compares class paths from the first folder on that is not the same for all of it. */
  private static String relocated(String classPath, ImageArchive image) throws IOException {
    String written =
        classPath.startsWith("@")
            ? Files.readString(image.here(classPath.substring(1))).strip()
            : classPath;
    return Arrays.stream(written.split(":"))
        .map(path -> image.here(path).toString())
        .collect(Collectors.joining(":"));
  }
}
