package dev.berth.serving.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The head of one message, read once from its beginning; see {@link PlainMessages}. */
final class PlainHead {
  private static final int MOST_HEADERS = 32;

  /** Digits of a length that is an int, whatever they are. */
  private static final int MOST_DIGITS = 9;

  private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1'};
  private static final AsciiString SEC_WEBSOCKET = AsciiString.cached("sec-websocket");

  private static final boolean[] NAME = new boolean[256];
  private static final boolean[] TARGET = new boolean[256];
  private static final boolean[] VALUE = new boolean[256];

  static {
    for (int c = 0x21; c < 0x7f; c++) {
      // RFC 9110, 5.6.2: a token is what is visible but the delimiters.
      NAME[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
      TARGET[c] = true;
      VALUE[c] = true;
    }
    VALUE[' '] = true;
    VALUE['\t'] = true;
  }

  private final byte[] text;
  private final int end;
  private final FlatHeaders headers = new FlatHeaders();
  private int at;
  private int methodEnd;
  private int targetEnd;
  private int status;
  private int hosts;
  private int bodyBytes = -1;

  /** Reads from {@code text}, of which the headers are made: nobody may change it. */
  PlainHead(byte[] text) {
    this.text = text;
    this.end = text.length;
  }

  /** Whether it is a request whose body, if any, has a length. */
  boolean readRequest() {
    return methodAndTarget() && lineEnd() && fields() && hosts == 1;
  }

  /** Whether it is an answer whose body has a length and follows. */
  boolean readAnswer() {
    return statusLine() && fields() && bodyBytes >= 0;
  }

  /** How long the head is. */
  int bytes() {
    return at;
  }

  int bodyBytes() {
    return Math.max(0, bodyBytes);
  }

  FlatHeaders headers() {
    return headers;
  }

  int status() {
    return status;
  }

  HttpMethod method() {
    if (methodEnd == 4 && text[0] == 'P' && text[1] == 'O' && text[2] == 'S' && text[3] == 'T') {
      return HttpMethod.POST;
    }
    return HttpMethod.valueOf(latin(0, methodEnd));
  }

  String target() {
    return latin(methodEnd + 1, targetEnd);
  }

  private boolean methodAndTarget() {
    while (at < end && text[at] >= 'A' && text[at] <= 'Z') {
      at++;
    }
    methodEnd = at;
    if (at == 0 || !is(' ') || at == end || text[at] != '/') {
      return false;
    }
    while (at < end && TARGET[text[at] & 0xff]) {
      at++;
    }
    targetEnd = at;
    return is(' ') && version();
  }

  private boolean statusLine() {
    if (!version() || !is(' ') || end - at < 3) {
      return false;
    }
    for (int i = 0; i < 3; i++) {
      int digit = text[at++] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      status = status * 10 + digit;
    }
    // Those without a body, and those that are not the last answer, are Netty's.
    if (status < 200 || status > 599 || status == 204 || status == 304) {
      return false;
    }
    if (at < end && text[at] == ' ') {
      while (at < end && VALUE[text[at] & 0xff]) {
        at++;
      }
    }
    return lineEnd();
  }

  private boolean version() {
    int from = at;
    at += VERSION.length;
    return at <= end && Arrays.equals(text, from, at, VERSION, 0, VERSION.length);
  }

  private boolean fields() {
    while (at < end && text[at] != '\r') {
      if (headers.size() == MOST_HEADERS || !field()) {
        return false;
      }
    }
    return lineEnd();
  }

  private boolean field() {
    int nameFrom = at;
    while (at < end && NAME[text[at] & 0xff]) {
      at++;
    }
    int nameEnd = at;
    if (nameEnd == nameFrom || !is(':')) {
      return false;
    }
    while (at < end && blank(text[at])) {
      at++;
    }
    int valueFrom = at;
    while (at < end && VALUE[text[at] & 0xff]) {
      at++;
    }
    int valueEnd = at;
    while (valueEnd > valueFrom && blank(text[valueEnd - 1])) {
      valueEnd--;
    }
    AsciiString name = new AsciiString(text, nameFrom, nameEnd - nameFrom, false);
    headers.addChecked(name, new AsciiString(text, valueFrom, valueEnd - valueFrom, false));
    return lineEnd() && ordinary(name, valueFrom, valueEnd);
  }

  /** Whether a header is not one of those that bend how its message is read. */
  private boolean ordinary(AsciiString name, int valueFrom, int valueEnd) {
    return switch (name.length()) {
      case 4 -> !HttpHeaderNames.HOST.contentEqualsIgnoreCase(name) || ++hosts == 1;
      case 6 -> !HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name);
      case 7 ->
          !HttpHeaderNames.UPGRADE.contentEqualsIgnoreCase(name)
              && !HttpHeaderNames.TRAILER.contentEqualsIgnoreCase(name);
      case 14 ->
          !HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
              || contentLength(valueFrom, valueEnd);
      case 17 -> !HttpHeaderNames.TRANSFER_ENCODING.contentEqualsIgnoreCase(name);
      default -> !name.regionMatches(true, 0, SEC_WEBSOCKET, 0, SEC_WEBSOCKET.length());
    };
  }

  /** The first length, in digits alone and no more of them than needed. */
  private boolean contentLength(int from, int to) {
    int digits = to - from;
    boolean padded = digits > 1 && text[from] == '0';
    if (bodyBytes >= 0 || digits == 0 || digits > MOST_DIGITS || padded) {
      return false;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    bodyBytes = value;
    return true;
  }

  private boolean lineEnd() {
    return is('\r') && is('\n');
  }

  /** Whether this comes next; then it is passed by. */
  private boolean is(char next) {
    return at < end && text[at++] == next;
  }

  private static boolean blank(byte character) {
    return character == ' ' || character == '\t';
  }

  private String latin(int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
