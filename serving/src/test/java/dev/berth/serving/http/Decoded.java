package dev.berth.serving.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * What a decoder makes of bytes, as text: equal when two decoders mean the same by it, however many
 * objects they say it in.
 *
 * @param wholes how many messages came as one object
 */
public record Decoded(String text, int wholes) {

  /** What comes of these bytes, in as many reads as there are pieces, and of the end after them. */
  public static Decoded by(ChannelHandler decoder, List<String> pieces) {
    EmbeddedChannel channel = new EmbeddedChannel(decoder);
    for (String piece : pieces) {
      channel.writeInbound(Unpooled.copiedBuffer(piece, ISO_8859_1));
    }
    channel.finish();
    StringBuilder text = new StringBuilder();
    int wholes = 0;
    for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
      if (!(each instanceof HttpObject object)) {
        text.append("not HTTP\n");
      } else if (object.decoderResult().isFailure()) {
        text.append("refused: ").append(object.decoderResult().cause()).append('\n');
      } else {
        wholes += object instanceof FullHttpMessage ? 1 : 0;
        append(object, text);
      }
      ReferenceCountUtil.release(each);
    }
    return new Decoded(text.toString(), wholes);
  }

  private static void append(HttpObject object, StringBuilder text) {
    if (object instanceof HttpMessage message) {
      switch (message) {
        case HttpRequest request ->
            text.append(request.method()).append(' ').append(request.uri()).append('\n');
        case HttpResponse answer -> text.append(answer.status().code()).append('\n');
        default -> throw new AssertionError(message);
      }
      text.append(message.protocolVersion()).append('\n');
      message.headers().forEach(header -> text.append(header).append('\n'));
      text.append("body: ");
    }
    if (object instanceof HttpContent content) {
      text.append(content.content().toString(ISO_8859_1));
    }
    if (object instanceof LastHttpContent last) {
      text.append('.').append(last.trailingHeaders().isEmpty() ? "" : last.trailingHeaders());
      text.append('\n');
    }
  }
}
