package dev.berth.planner.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.EndpointStatus.Phase;
import dev.berth.planner.EndpointPlan;
import dev.berth.planner.Planner;
import dev.berth.planner.world.RandomLife;
import dev.berth.planner.world.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens in whatever order, and wherever the operator dies: no fleet goes that a live
 * router may send a request to, no bad model is routed, and when the world comes to rest so does
 * the Endpoint, in service.
 */
class RandomWorldTest {
  private static final int LIVES = 30;
  private static final int HAPPENINGS = 60;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void isSafeAndComesToRest(int round) {
    for (int i = 0; i < LIVES; i++) {
      long seed = round * 1_000_003L + i;
      RandomLife life = new RandomLife(seed);
      life.live(HAPPENINGS);
      World world = life.comeToRest();

      EndpointPlan plan = Planner.plan(world.view());
      assertThat(plan.status().phase()).as("%s", life).isEqualTo(Phase.InService);
      assertThat(plan.status().update()).as("%s", life).isNull();
      assertThat(plan.status()).as("%s", life).isEqualTo(world.status());
      assertThat(plan.events()).as("%s", life).isEmpty();
      assertThat(plan.status().variants())
          .as("%s", life)
          .isNotEmpty()
          .allMatch(line -> line.revision().equals(plan.status().revision()));
      assertThat(plan.lookAgain()).as("%s", life).isEmpty();
      String serving = world.label(plan.status().revision());
      boolean asWanted = serving.equals(world.spec().endpointConfigName());
      assertThat(asWanted || plan.status().lastFailure() != null).as("%s", life).isTrue();
    }
  }
}
