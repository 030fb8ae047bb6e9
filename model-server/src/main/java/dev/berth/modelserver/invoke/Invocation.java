package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.ByteRun;
import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.media.TooManyRowsException;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.http.Answer;
import dev.berth.serving.wire.ErrorCode;
import dev.berth.serving.wire.RequestIds;
import dev.berth.serving.wire.WireError;
import dev.berth.serving.wire.WireHeaders;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * What a request asks of a model: the format of its body, that of its answer, and whether the
 * answer explains itself.
 *
 * @param in ignored for KServe's V1 protocol, which has one format
 * @param explained whether the answer says what each feature added; its predictions are text then
 */
public record Invocation(InputFormat in, OutputFormat out, boolean explained) implements Question {
  /** A value of text and what parts it from the next are two bytes at the least. */
  private static final int BYTES_A_VALUE = 2;

  /** The smallest record: head, map entry, name, a tensor without values. */
  private static final int BYTES_A_RECORD = 24;

  /** The invocation that the media types of a request mean; throws {@link Refusal}: 415 or 406. */
  public static Invocation of(Optional<String> contentType, Optional<String> accept) {
    InputFormat in =
        InputFormat.of(contentType.orElse(null))
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        contentType
                                .map(
                                    type ->
                                        type.strip().startsWith("text/plain")
                                            ? "text/plain is for models with a Text feature, and this one has none"
                                            : "Content-Type '" + type + "' is not read here")
                                .orElse("the request has no Content-Type")
                            + "; use one of "
                            + InputFormat.OFFERED));
    OutputFormat out =
        OutputFormat.negotiate(accept.orElse(null), OutputFormat.defaultFor(in))
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_ACCEPTABLE,
                        "nothing in Accept '"
                            + accept.orElse("")
                            + "' is written here; use one of "
                            + OutputFormat.OFFERED));
    return new Invocation(in, out, false);
  }

  /**
   * The same, explained if the header {@code X-Amzn-SageMaker-Enable-Explanations} says so; throws
   * {@link Refusal} when it says what we do not understand, or when the answer cannot be.
   *
   * @param expression the header: a JMESPath literal, true or false; empty: no explanations
   */
  Invocation explainedIf(Optional<String> expression, ServedModel model) {
    if (expression.isEmpty()) {
      return this;
    }
    String literal = expression.get().strip().replaceAll("^`\\s*(\\w+)\\s*`$", "$1");
    if (literal.equals("false")) {
      return this;
    }
    if (!literal.equals("true")) {
      throw new Refusal(
          ErrorCode.VALIDATION,
          WireHeaders.ENABLE_EXPLANATIONS
              + ": of JMESPath only the literals `true` and `false` are understood here");
    }
    if (!model.hasExplanations()) {
      throw new Refusal(
          ErrorCode.VALIDATION, "a model whose leaves are vectors has no explanations");
    }
    if (out == OutputFormat.RECORDIO) {
      throw new Refusal(
          ErrorCode.NOT_ACCEPTABLE,
          "explanations come as JSON that holds predictions as text; accept one of text/csv,"
              + " application/json, application/jsonlines");
    }
    return new Invocation(in, out, true);
  }

  @Override
  public long cost(ServedModel model, ByteBuf body) {
    return in == InputFormat.LIBSVM && !explained
        ? model.cost(lines(body))
        : leastCost(model, body.readableBytes());
  }

  @Override
  public long leastCost(ServedModel model, int bodyBytes) {
    if (explained) {
      return Long.MAX_VALUE;
    }
    return model.cost(
        switch (in) {
          case LIBSVM -> 1;
          case RECORDIO -> 1 + bodyBytes / BYTES_A_RECORD;
          case CSV, JSON, JSON_LINES ->
              1 + bodyBytes / (BYTES_A_VALUE * Math.max(1, model.width()));
        });
  }

  private static int lines(ByteBuf body) {
    int[] lines = {1};
    body.forEachByte(
        b -> {
          lines[0] += b == '\n' ? 1 : 0;
          return true;
        });
    return lines[0];
  }

  /** Answers into {@link Scratch#answer()}; throws {@link Refusal}: 400 or 413. */
  @Override
  public Reply answer(ServedModel model, ByteRun body, Scratch scratch) {
    if (body.length() == 0) {
      throw new Refusal(ErrorCode.VALIDATION, "the body is empty");
    }
    try {
      long rows =
          explained ? model.explain(in, out, body, scratch) : model.answer(in, out, body, scratch);
      return new Reply(rows, explained ? OutputFormat.JSON.mediaType() : out.mediaType(), 0);
    } catch (InvalidRowsException e) {
      throw new Refusal(ErrorCode.VALIDATION, e.getMessage());
    } catch (TooManyRowsException e) {
      throw new Refusal(ErrorCode.TOO_LARGE, e.getMessage());
    }
  }

  @Override
  public Answer.Whole refusal(Refusal refusal) {
    return wire(refusal);
  }

  static Answer.Whole wire(Refusal refusal) {
    return Answer.error(new WireError(refusal.code(), refusal.getMessage(), RequestIds.next()));
  }
}
