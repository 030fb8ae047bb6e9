package dev.berth.modelserver.media;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The tokens of a JSON text (RFC 8259, and the bare NaN that Python writes), read in place. */
public final class JsonScanner {
  private static final int MAX_DEPTH = 64;

  final byte[] text;
  private final int from;
  private final int to;
  private int at;

  /**
   * The token just read: its bytes without quotes; {@link #decoded} is its text when those do not
   * say it plainly.
   */
  int tokenFrom;

  int tokenTo;
  String decoded;

  /**
   * The number just read, where it is one of few digits without an exponent, as nearly all are;
   * else NaN, and the token says what it is.
   */
  float plainNumber;

  /** What {@link #digits} has read of the number so far; right for as many as 18 digits. */
  private long mantissa;

  /** The text in {@code text[from, to)}, after a byte order mark if there is one. */
  public JsonScanner(byte[] text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
    boolean marked =
        to - from >= 3
            && text[from] == (byte) 0xEF
            && text[from + 1] == (byte) 0xBB
            && text[from + 2] == (byte) 0xBF;
    this.at = marked ? from + 3 : from;
  }

  /** The next byte that is not white space, without taking it; 0 at the end. */
  public byte peek() {
    while (at < to) {
      byte b = text[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  /** Like {@link #peek}, but stops at the end of a line. */
  byte peekInLine() {
    while (at < to) {
      byte b = text[at];
      if (b != ' ' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return 0;
  }

  /** Whether every byte has been taken. */
  public boolean atEnd() {
    return at == to;
  }

  /** Where the next byte is in the array. */
  public int position() {
    return at;
  }

  /** Where the token just read begins, a string without its quote. */
  public int tokenFrom() {
    return tokenFrom;
  }

  /** Where the token just read ends, a string without its quote. */
  public int tokenTo() {
    return tokenTo;
  }

  /** Takes the byte if it is next. */
  public boolean take(char expected) {
    if (peek() == expected && at < to) {
      at++;
      return true;
    }
    return false;
  }

  /** Takes the byte, which must be next. */
  public void expect(char expected, long row) {
    if (!take(expected)) {
      throw broken(row, "'" + expected + "' is expected");
    }
  }

  /** Reads a string, the opening quote being next. */
  public void string(long row) {
    expect('"', row);
    tokenFrom = at;
    decoded = null;
    boolean plain = true;
    while (true) {
      if (at == to) {
        throw broken(row, "a string does not end");
      }
      byte b = text[at];
      if (b == '"') {
        break;
      }
      if (b >= 0 && b < ' ') {
        throw broken(row, "a control character inside a string");
      }
      if (b == '\\') {
        plain = false;
        at++;
        if (at == to) {
          throw broken(row, "a string does not end");
        }
      } else if (b < 0) {
        plain = false;
      }
      at++;
    }
    tokenTo = at++;
    if (!plain) {
      decoded = decode(row);
    }
  }

  /** The text of the string just read. */
  public String tokenText() {
    return decoded != null
        ? decoded
        : new String(text, tokenFrom, tokenTo - tokenFrom, StandardCharsets.ISO_8859_1);
  }

  /** Reads a number by JSON's grammar, its first byte being next. */
  public void number(long row) {
    tokenFrom = at;
    decoded = null;
    boolean negative = text[at] == '-';
    if (negative) {
      at++;
    }
    boolean zero = at < to && text[at] == '0';
    mantissa = 0;
    int whole = digits();
    boolean valid = whole > 0 && !(zero && whole > 1);
    int fraction = 0;
    if (at < to && text[at] == '.') {
      at++;
      fraction = digits();
      valid &= fraction > 0;
    }
    plainNumber = FloatReader.decimal(negative, mantissa, whole + fraction, fraction);
    if (at < to && (text[at] | 0x20) == 'e') {
      plainNumber = Float.NaN;
      at++;
      if (at < to && (text[at] == '-' || text[at] == '+')) {
        at++;
      }
      valid &= digits() > 0;
    }
    if (!valid) {
      throw broken(row, "a number is not written as JSON writes numbers");
    }
    tokenTo = at;
  }

  /** Reads the word if it is next. */
  public boolean word(String word) {
    int end = at + word.length();
    if (end > to) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    tokenFrom = at;
    tokenTo = end;
    decoded = null;
    at = end;
    return true;
  }

  /** Passes over any value. */
  public void skip(long row, int depth) {
    if (depth > MAX_DEPTH) {
      throw broken(row, "nested more than " + MAX_DEPTH + " deep");
    }
    byte b = peek();
    if (b == '"') {
      string(row);
    } else if (b == '-' || (b >= '0' && b <= '9')) {
      number(row);
    } else if (b == '[') {
      skipItems(row, depth, ']');
    } else if (b == '{') {
      skipItems(row, depth, '}');
    } else if (!word("null") && !word("true") && !word("false") && !word("NaN")) {
      throw broken(row, "a value is expected");
    }
  }

  private void skipItems(long row, int depth, char close) {
    at++;
    if (take(close)) {
      return;
    }
    do {
      if (close == '}') {
        if (peek() != '"') {
          throw broken(row, "a name in quotes is expected");
        }
        string(row);
        expect(':', row);
      }
      skip(row, depth + 1);
    } while (take(','));
    expect(close, row);
  }

  /** The complaint that the text is not JSON here. */
  public InvalidRowsException broken(long row, String problem) {
    return InvalidRowsException.of(
        row, "not valid JSON at byte " + (at - from + 1) + ": " + problem);
  }

  private int digits() {
    byte[] text = this.text;
    long value = mantissa;
    int start = at;
    int next = start;
    for (; next < to; next++) {
      int digit = text[next] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = 10 * value + digit;
    }
    mantissa = value;
    at = next;
    return next - start;
  }

  private String decode(long row) {
    String raw;
    try {
      raw =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(text, tokenFrom, tokenTo - tokenFrom))
              .toString();
    } catch (CharacterCodingException e) {
      throw broken(row, "a string is not UTF-8");
    }
    StringBuilder plain = new StringBuilder(raw.length());
    int next = 0;
    while (next < raw.length()) {
      char c = raw.charAt(next++);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escape = raw.charAt(next++);
      int known = "\"\\/bfnrt".indexOf(escape);
      if (known >= 0) {
        plain.append("\"\\/\b\f\n\r\t".charAt(known));
      } else if (escape == 'u' && isHex(raw, next)) {
        plain.append((char) Integer.parseInt(raw, next, next + 4, 16));
        next += 4;
      } else {
        throw broken(row, "an unknown escape inside a string");
      }
    }
    return plain.toString();
  }

  private static boolean isHex(String text, int from) {
    return from + 4 <= text.length()
        && text.substring(from, from + 4)
            .chars()
            .allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
  }
}
