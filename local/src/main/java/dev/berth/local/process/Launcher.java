package dev.berth.local.process;

import dev.berth.aot.CacheFlags;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts Java programs with this JVM's Java and classpath.
 *
 * @param caches folder of AOT caches, one a program, if there is one: {@code model-server.aot}
 */
public record Launcher(Path java, String classpath, Optional<Path> caches) {
  /** Set where children are to write caches, into this folder, rather than to use them. */
  public static final String RECORD = "berth.aot.record";

  private static final long MAX_LOG_BYTES = 16 << 20;

  /**
   * A program and how to run it.
   *
   * @param cache name of its AOT cache
   * @param jvm flags of the JVM
   * @param environment variables beside those of this process
   */
  public record Program(
      String mainClass,
      String cache,
      List<String> jvm,
      List<String> arguments,
      Map<String, String> environment) {}

  /** Java, classpath and caches as this process was started with them. */
  public static Launcher ofThisProcess() {
    return new Launcher(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        Optional.ofNullable(System.getProperty("berth.aot")).map(Path::of));
  }

  /**
   * Starts a program whose standard input is a pipe from here: it ends with this process, however
   * this process ends.
   *
   * @param log takes its output, after what is there
   */
  public Process start(Program program, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    // As for the shell itself: Netty's use of native code and memory is meant.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dlogback.configurationFile=berth-logback.xml");
    // One small heap a process: the serial collector takes the least memory and starts fastest.
    command.add("-XX:+UseSerialGC");
    command.addAll(program.jvm());
    command.addAll(cacheFlags(program.cache()));
    command.add("-cp");
    command.add(classpath);
    command.add(program.mainClass());
    command.addAll(program.arguments());
    Files.createDirectories(log.getParent());
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.delete(log);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(program.environment());
    return builder.start();
  }

  private List<String> cacheFlags(String name) {
    String record = System.getProperty(RECORD);
    if (record != null) {
      return List.of("-XX:AOTCacheOutput=" + Path.of(record, name + ".aot"));
    }
    return caches
        .map(folder -> folder.resolve(name + ".aot"))
        .filter(Files::isRegularFile)
        .map(cache -> CacheFlags.using(cache.toString()))
        .orElse(List.of());
  }
}
