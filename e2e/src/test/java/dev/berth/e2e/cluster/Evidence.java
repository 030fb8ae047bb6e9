package dev.berth.e2e.cluster;

import dev.berth.e2e.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a namespace shows at the moment when a story fails, for the story takes it down. */
final class Evidence {
  private static final Path FOLDER = Checkout.root().resolve("target/cluster-evidence");

  private Evidence() {}

  /** Writes objects, events and logs of the namespaces to a folder of this moment. */
  static Path collect(String... namespaces) {
    Path folder = FOLDER.resolve(Instant.now().toString().replace(':', '-'));
    for (String namespace : namespaces) {
      write(folder, namespace + ".objects.yaml", get(namespace, "-o", "yaml"));
      write(folder, namespace + ".objects.txt", get(namespace, "-o", "wide"));
      write(
          folder,
          namespace + ".events.txt",
          run("kubectl", "-n", namespace, "get", "events", "--sort-by=.lastTimestamp"));
      String pods = run("kubectl", "-n", namespace, "get", "pods", "-o", "name");
      for (String pod : pods.lines().toList()) {
        String log = run("kubectl", "-n", namespace, "logs", pod, "--all-containers");
        write(folder, namespace + "." + pod.replace('/', '.') + ".log", log);
      }
    }
    return folder;
  }

  private static String get(String namespace, String... words) {
    List<String> all = new ArrayList<>(List.of("kubectl", "-n", namespace, "get"));
    all.add("all,endpoints.berth.dev,endpointconfigs,models,endpointroutes,endpointslices,leases");
    all.addAll(List.of(words));
    return run(all.toArray(String[]::new));
  }

  private static String run(String... words) {
    return Command.run("", words).output();
  }

  private static void write(Path folder, String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
