package dev.berth.e2e.load;

/**
 * One whole answer.
 *
 * @param variant the variant that the answer names, or ""
 * @param close whether the server said that this connection ends here
 */
record Answer(int status, String variant, String body, boolean close) {

  /** What answers are counted by: two answers with one label are the same to the user. */
  String label() {
    return status == 200 ? body.strip() : status + " " + body.strip();
  }
}
