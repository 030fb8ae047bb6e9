package dev.berth.local.cache;

import dev.berth.aot.Rehearsal;
import dev.berth.aot.SampleCalls;
import dev.berth.aot.SampleModel;
import dev.berth.local.process.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code berth prepare-caches FOLDER}: writes {@code up.aot}, {@code model-server.aot} and {@code
 * router.aot}. The script {@code ./berth} calls it once a build.
 */
@Command(name = "prepare-caches", hidden = true)
public final class PrepareCaches implements Callable<Integer> {
  @Parameters(paramLabel = "FOLDER")
  private Path caches;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("berth-caches");
    try {
      return record(work) ? 0 : 1;
    } finally {
      delete(work);
    }
  }

  private boolean record(Path work) throws IOException, InterruptedException {
    Path manifests = Files.createDirectories(work.resolve("manifests"));
    try (InputStream sample = PrepareCaches.class.getResourceAsStream("sample.yaml")) {
      String yaml = new String(sample.readAllBytes(), StandardCharsets.US_ASCII);
      String model = Base64.getEncoder().encodeToString(SampleModel.ubj());
      Files.writeString(manifests.resolve("sample.yaml"), yaml.formatted(model));
    }
    Path whole = caches.toAbsolutePath();
    Files.createDirectories(whole);
    Path state = work.resolve("state");
    Launcher.Program up =
        new Launcher.Program(
            "dev.berth.local.Berth",
            "up",
            List.of(
                "-D" + Launcher.RECORD + "=" + whole,
                "-XX:AOTCacheOutput=" + whole.resolve("up.aot")),
            List.of(
                "up",
                manifests.toString(),
                "--port=0",
                "--state-dir=" + state,
                "--exit-with-stdin"),
            Map.of());
    Process process = Launcher.ofThisProcess().start(up, whole.resolve("up.log"));
    // The JVMs of the shell's children write their caches as well when it ends.
    Path ports = state.resolve("run/router/0/ports.json");
    return new Rehearsal(process, new SampleCalls(ports, "/endpoints/sample/invocations")).held();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
