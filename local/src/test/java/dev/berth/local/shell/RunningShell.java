package dev.berth.local.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code berth up} on a folder, as a process of its own. */
final class RunningShell implements AutoCloseable {
  private static final ObjectMapper YAML = new YAMLMapper();

  private final Path folder;
  private final Path output;
  private final Process process;

  private RunningShell(Path folder, Path output, Process process) {
    this.folder = folder;
    this.output = output;
    this.process = process;
  }

  static RunningShell start(Path folder, String... options) throws IOException {
    Path output = Files.createTempFile("berth-up", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dberth.log.stderr=true");
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.berth.local.Berth", "up"));
    command.add(folder.toString());
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(output.toFile()))
            .start();
    return new RunningShell(folder, output, process);
  }

  Process process() {
    return process;
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  void awaitOutput(String text) throws Exception {
    try {
      Await.until("output has: " + text, () -> output().contains(text) || !process.isAlive());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + output(), e);
    }
    if (!output().contains(text)) {
      throw new AssertionError("ended without saying: " + text + "\n" + output());
    }
  }

  /** The line that it printed for people to paste. */
  String curlLine() throws IOException {
    return output()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("curl "))
        .findFirst()
        .orElseThrow();
  }

  /** The resource as the shell keeps it, status included; a missing node when it has none. */
  JsonNode resource(String kind, String name) throws IOException {
    Path file = folder.resolve(".berth/resources/" + kind + ".default." + name + ".yaml");
    return Files.exists(file) ? YAML.readTree(Files.readAllBytes(file)) : YAML.missingNode();
  }

  /** Waits until an Endpoint is in service with this EndpointConfig, and no update is going on. */
  void awaitInService(String endpoint, String config) throws Exception {
    try {
      Await.until(
          endpoint + " in service with " + config,
          () -> {
            if (!process.isAlive()) {
              throw new AssertionError("the shell has ended");
            }
            JsonNode whole = resource("endpoint", endpoint);
            JsonNode status = whole.path("status");
            return status.path("phase").asText().equals("InService")
                && status.path("endpointConfigName").asText().equals(config)
                && !status.hasNonNull("update")
                && status.path("observedGeneration").asLong()
                    == whole.path("metadata").path("generation").asLong();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + "\n" + resource("endpoint", endpoint) + "\n" + output(), e);
    }
  }

  int port() throws IOException {
    String url = resource("endpoint", "housing").path("status").path("url").asText();
    return URI.create(url).getPort();
  }

  /** Model servers that run now, of all fleets. */
  Set<ProcessHandle> modelServers() throws IOException {
    return running(folder.resolve(".berth/run/default"));
  }

  Set<ProcessHandle> routers() throws IOException {
    return running(folder.resolve(".berth/run/router"));
  }

  private Set<ProcessHandle> running(Path place) throws IOException {
    Set<ProcessHandle> found = new HashSet<>();
    if (Files.exists(place)) {
      try (Stream<Path> all = Files.walk(place)) {
        for (Path pid : all.filter(file -> file.endsWith("pid")).toList()) {
          ProcessHandle.of(Long.parseLong(Files.readString(pid)))
              .filter(ProcessHandle::isAlive)
              .filter(child -> child.parent().map(ProcessHandle::pid).equals(mine()))
              .ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private Optional<Long> mine() {
    return Optional.of(process.pid());
  }

  /** Sends SIGTERM and waits for the end. */
  void terminate() {
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() throws IOException {
    terminate();
    Files.deleteIfExists(output);
  }
}
