package dev.berth.aot.image;

import dev.berth.aot.CacheFlags;
import dev.berth.aot.Rehearsal;
import dev.berth.aot.SampleCalls;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code CacheIntoImage PART PLAIN.tar IMAGE.tar}: writes the image of a part of Berth again, with
 * an AOT cache if its JVM runs on this machine, else as it is.
 */
public final class CacheIntoImage {
  private static final String PATH_IN_IMAGE = "/app/berth.aot";

  /** As small as a small pod's: the cache is for those as well. */
  private static final String HEAP = "-Xmx128m";

  /** What a container's runtime leaves to pods (ADR 0018); on this machine it might be another. */
  private static final String TRANSPORT = "-Dberth.transport=epoll";

  private final String part;
  private final Path kept;

  private CacheIntoImage(String part, Path kept) {
    this.part = part;
    this.kept = kept;
  }

  /** Runs in the build, after Jib. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path image = Path.of(args[2]).toAbsolutePath();
    Path kept = Files.createDirectories(image.resolveSibling("aot"));
    new CacheIntoImage(args[0], kept).write(Path.of(args[1]).toAbsolutePath(), image);
  }

  private void write(Path plain, Path written) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("berth-image");
    try {
      ImageArchive image = ImageArchive.unpack(plain, work);
      Optional<Path> cache = cache(image, work);
      if (cache.isEmpty()) {
        Files.copy(plain, written, StandardCopyOption.REPLACE_EXISTING);
        return;
      }
      Layer layer =
          Layer.ofFile(cache.get(), PATH_IN_IMAGE, work.resolve("layer.tar.gz"), "AOT cache");
      List<String> entrypoint = new ArrayList<>(image.entrypoint());
      entrypoint.addAll(1, CacheFlags.using(PATH_IN_IMAGE));
      image.write(written, layer, entrypoint);
    } finally {
      delete(work);
    }
  }

  /** The cache of an image that is the same to the bit is used again, for caches never are. */
  private Optional<Path> cache(ImageArchive image, Path work)
      throws IOException, InterruptedException {
    byte[] config = image.config().toString().getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(Layer.sha256().digest(config));
    Path cache = kept.resolve(digest + ".aot");
    if (Files.isRegularFile(cache)) {
      return Optional.of(cache);
    }
    delete(kept);
    Files.createDirectories(kept);
    String why = rehearse(image, work, cache);
    if (why.isEmpty()) {
      return Optional.of(cache);
    }
    System.out.println("WARNING: the image of " + part + " gets no AOT cache: " + why);
    return Optional.empty();
  }

  /** Writes the cache; returns why there is none, if there is none. */
  private String rehearse(ImageArchive image, Path work, Path cache)
      throws IOException, InterruptedException {
    ImageProgram program = ImageProgram.of(image);
    String why = program.whyItDoesNotRun();
    if (!why.isEmpty()) {
      return why;
    }
    Path log = kept.resolve("rehearsal.log");
    Path ports = work.resolve("ports.json");
    Path recorded = kept.resolve("new.aot");
    try (Part sample = Part.of(part, work)) {
      List<String> arguments = new ArrayList<>(sample.arguments());
      arguments.addAll(List.of("--host=127.0.0.1", "--port=0", "--admin-port=0", "--grpc-port=0"));
      arguments.addAll(List.of("--port-file=" + ports, "--lame-duck-seconds=0"));
      Process process =
          program
              .process(List.of(HEAP, TRANSPORT, "-XX:AOTCacheOutput=" + recorded), arguments)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.to(log.toFile()))
              .start();
      if (!new Rehearsal(process, new SampleCalls(ports, sample.path())).held()) {
        return "it did not answer; see " + log;
      }
    }
    if (!Files.isRegularFile(recorded)) {
      return "its JVM wrote none; see " + log;
    }
    Files.move(recorded, cache);
    return "";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
