package dev.berth.router;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that ask without pause, each on its keep-alive connection, and write down everything. A
 * connection is opened anew only when its last answer said that it closes.
 */
final class SteadyLoad {
  private final int port;
  private final String endpoint;
  private final List<Thread> clients = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final LongAdder count = new LongAdder();
  private final CountDownLatch stop = new CountDownLatch(1);

  private SteadyLoad(int port, String endpoint) {
    this.port = port;
    this.endpoint = endpoint;
  }

  static SteadyLoad start(int port, String endpoint, int clients) {
    SteadyLoad load = new SteadyLoad(port, endpoint);
    for (int i = 0; i < clients; i++) {
      load.clients.add(Thread.ofPlatform().daemon().start(load::ask));
    }
    return load;
  }

  long count() {
    return count.sum();
  }

  /** How many answers had this body. */
  long answered(String body) {
    return answers.getOrDefault(body, new LongAdder()).sum();
  }

  /** Waits for so many more answers. */
  void more(int requests) throws Exception {
    long from = count();
    RouterFixture.until(() -> count() >= from + requests || !failures.isEmpty());
  }

  /** Ends the load and tells what went wrong. */
  List<String> stop() throws InterruptedException {
    stop.countDown();
    List<String> wrong = new ArrayList<>(untilRefused());
    wrong.addAll(refusals);
    return wrong;
  }

  /** Waits until no client can connect any more, and tells what else went wrong. */
  List<String> untilRefused() throws InterruptedException {
    for (Thread client : clients) {
      client.join(30_000);
    }
    return List.copyOf(failures);
  }

  private void ask() {
    boolean going = true;
    while (going && stop.getCount() > 0) {
      try (RawClient client = new RawClient(port)) {
        going = askOver(client);
      } catch (ConnectException e) {
        refusals.add(e.toString());
        going = false;
      } catch (IOException e) {
        failures.add(e.toString());
        going = false;
      }
    }
  }

  /** Whether to go on over another connection. */
  private boolean askOver(RawClient client) throws IOException {
    boolean fresh = true;
    while (stop.getCount() > 0) {
      RawClient.Reply reply;
      try {
        reply = client.invoke(endpoint, "1,2,3");
      } catch (SocketException e) {
        if (!fresh) {
          throw e;
        }
        // What the kernel takes in for a listener that closes that very moment is reset before
        // anybody can have read of it: no other than being refused.
        refusals.add(e.toString());
        return false;
      }
      fresh = false;
      note(reply);
      if (reply.closes()) {
        return true;
      }
    }
    return false;
  }

  private void note(RawClient.Reply reply) {
    if (reply.status() != 200) {
      failures.add(reply.toString());
    }
    answers.computeIfAbsent(reply.body(), _ -> new LongAdder()).increment();
    count.increment();
  }
}
