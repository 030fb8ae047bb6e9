package dev.berth.local.process;

import dev.berth.planner.Fleet;
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

  Path replica(Fleet fleet, int number) {
    return run.resolve(fleet.namespace()).resolve(fleet.name()).resolve(Integer.toString(number));
  }

  Path log(Fleet fleet, int slot) {
    return logs.resolve(fleet.namespace()).resolve(fleet.name() + "-" + slot + ".log");
  }
}
