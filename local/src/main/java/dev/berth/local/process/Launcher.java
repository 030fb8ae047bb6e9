package dev.berth.local.process;

import dev.berth.aot.CacheFlags;
import dev.berth.serving.logging.PlainLogging;
import dev.berth.serving.logging.PlainLogs;
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

  /** What {@code ./berth} gives this process as well; there is said what for. */
  private static final List<String> LIKE_THE_SHELL =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-D" + PlainLogs.STANDARD_ERROR + "=true",
          "-Dio.netty.jfr.enabled=false",
          "-Djdk.reflect.useNativeAccessorOnly=true",
          "-Dslf4j.provider=" + PlainLogging.class.getName(),
          "-Dslf4j.internal.verbosity=WARN",
          "-XX:CompileThresholdScaling=3");

  /** Properties of which this process's own values are right for children as well. */
  private static final List<String> HANDED_ON =
      List.of("java.library.path", "java.nio.channels.spi.SelectorProvider");

  private static final long MAX_LOG_BYTES = 16 << 20;

  /**
   * A program and how to run it.
   *
   * @param name of its AOT cache, and of its jar
   * @param jvm flags of the JVM
   * @param environment variables beside those of this process
   */
  public record Program(
      String mainClass,
      String name,
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
    command.addAll(LIKE_THE_SHELL);
    for (String name : HANDED_ON) {
      Optional.ofNullable(System.getProperty(name))
          .ifPresent(v -> command.add("-D" + name + "=" + v));
    }
    // One small heap a process: the serial collector takes the least memory and starts fastest.
    command.add("-XX:+UseSerialGC");
    command.addAll(program.jvm());
    command.addAll(cacheFlags(program.name()));
    command.add("-cp");
    command.add(classpathOf(program));
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

  /** A program's own jar leads to fewer others than ours does, and all of them are opened. */
  private String classpathOf(Program program) {
    Path own = Path.of(classpath).resolveSibling("berth-" + program.name() + ".jar");
    return Files.isRegularFile(own) ? own.toString() : classpath;
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
