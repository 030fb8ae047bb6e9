package dev.berth.modelserver.invoke;

import dev.berth.modelserver.media.InputFormat;
import dev.berth.modelserver.media.InvalidRowsException;
import dev.berth.modelserver.media.OutputFormat;
import dev.berth.modelserver.media.TooManyRowsException;
import dev.berth.modelserver.model.Scratch;
import dev.berth.modelserver.model.ServedModel;
import dev.berth.serving.wire.ErrorCode;
import java.util.Optional;

/**
 * What a request asks of a model: the format of its body and that of its answer.
 *
 * @param in ignored for KServe's V1 protocol, which has one format
 */
public record Invocation(InputFormat in, OutputFormat out) {

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
    return new Invocation(in, out);
  }

  /**
   * Answers into {@link Scratch#answer()}; throws {@link Refusal}: 400 or 413.
   *
   * @return how many rows there were
   */
  public long answer(ServedModel model, byte[] body, int from, int to, Scratch scratch) {
    if (from == to) {
      throw new Refusal(ErrorCode.VALIDATION, "the body is empty");
    }
    try {
      return model.answer(in, out, body, from, to, scratch);
    } catch (InvalidRowsException e) {
      throw new Refusal(ErrorCode.VALIDATION, e.getMessage());
    } catch (TooManyRowsException e) {
      throw new Refusal(ErrorCode.TOO_LARGE, e.getMessage());
    }
  }
}
