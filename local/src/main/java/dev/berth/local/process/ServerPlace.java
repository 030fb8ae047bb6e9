package dev.berth.local.process;

import dev.berth.local.state.AtomicFile;
import dev.berth.planner.Fleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the processes of a shell keep their files.
 *
 * @param run configurations, ports and last words; emptied at each start of the shell
 * @param logs what processes print
 */
public record ServerPlace(Path run, Path logs) {

  Path config(Fleet fleet) {
    return run.resolve(fleet.namespace()).resolve(fleet.name()).resolve("model.json");
  }

  /** A new folder for one process of a fleet, which may be a fleet of an earlier name again. */
  Path process(Fleet fleet) throws IOException {
    return fresh(run.resolve(fleet.namespace()).resolve(fleet.name()));
  }

  /** A new folder for one process of the router. */
  Path routerProcess() throws IOException {
    return fresh(run.resolve("router"));
  }

  /** Says, for people and tests, which process is whose. */
  static void note(Path folder, Process process) throws IOException {
    String pid = Long.toString(process.pid());
    AtomicFile.write(folder.resolve("pid"), pid.getBytes(StandardCharsets.US_ASCII));
  }

  private static Path fresh(Path parent) throws IOException {
    int number = 0;
    while (Files.exists(parent.resolve(Integer.toString(number)))) {
      number++;
    }
    return Files.createDirectories(parent.resolve(Integer.toString(number)));
  }

  Path log(Fleet fleet, int slot) {
    return logs.resolve(fleet.namespace()).resolve(fleet.name() + "-" + slot + ".log");
  }
}
