package dev.berth.serving.http;

import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Headers in two arrays, in the order in which they came. Messages have so few that looking through
 * them costs less than hashing each, and nobody makes a String of what is only sent on.
 */
final class FlatHeaders extends HttpHeaders {
  private static final DefaultHttpHeadersFactory CHECKS =
      DefaultHttpHeadersFactory.headersFactory();

  /** As many as most messages have, those that a proxy adds included. */
  private static final int USUAL = 12;

  private CharSequence[] names = new CharSequence[USUAL];
  private CharSequence[] values = new CharSequence[USUAL];
  private int size;

  /** Adds a header that was checked where it was read. */
  void addChecked(CharSequence name, CharSequence value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size++] = value;
  }

  CharSequence name(int index) {
    return names[index];
  }

  CharSequence value(int index) {
    return values[index];
  }

  @Override
  public String get(CharSequence name) {
    int at = indexOf(name, 0);
    return at < 0 ? null : values[at].toString();
  }

  @Override
  public String get(String name) {
    return get((CharSequence) name);
  }

  @Override
  public List<String> getAll(CharSequence name) {
    List<String> all = new ArrayList<>(1);
    for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 1)) {
      all.add(values[at].toString());
    }
    return all;
  }

  @Override
  public List<String> getAll(String name) {
    return getAll((CharSequence) name);
  }

  @Override
  public boolean contains(CharSequence name) {
    return indexOf(name, 0) >= 0;
  }

  @Override
  public boolean contains(String name) {
    return indexOf(name, 0) >= 0;
  }

  @Override
  public boolean containsValue(CharSequence name, CharSequence value, boolean ignoreCase) {
    return contains(name) && super.containsValue(name, value, ignoreCase);
  }

  @Override
  public HttpHeaders add(CharSequence name, Object value) {
    CHECKS.getNameValidator().validateName(name);
    addChecked(name, checked(value));
    return this;
  }

  @Override
  public HttpHeaders add(String name, Object value) {
    return add((CharSequence) name, value);
  }

  @Override
  public HttpHeaders add(String name, Iterable<?> all) {
    all.forEach(value -> add((CharSequence) name, value));
    return this;
  }

  /** In the place of the first of its name, or as the last. */
  @Override
  public HttpHeaders set(CharSequence name, Object value) {
    int at = indexOf(name, 0);
    if (at < 0) {
      return add(name, value);
    }
    CHECKS.getNameValidator().validateName(name);
    values[at] = checked(value);
    removeFrom(at + 1, name);
    names[at] = name;
    return this;
  }

  @Override
  public HttpHeaders set(String name, Object value) {
    return set((CharSequence) name, value);
  }

  @Override
  public HttpHeaders set(String name, Iterable<?> all) {
    remove((CharSequence) name);
    return add(name, all);
  }

  @Override
  public HttpHeaders remove(CharSequence name) {
    removeFrom(0, name);
    return this;
  }

  @Override
  public HttpHeaders remove(String name) {
    return remove((CharSequence) name);
  }

  @Override
  public HttpHeaders clear() {
    size = 0;
    return this;
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<String> names() {
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      all.add(names[i].toString());
    }
    return all;
  }

  @Override
  public List<Map.Entry<String, String>> entries() {
    return copy().entries();
  }

  @Override
  @Deprecated
  public Iterator<Map.Entry<String, String>> iterator() {
    List<Map.Entry<String, String>> all = entries();
    return all.iterator();
  }

  @Override
  public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
    return new AbstractList<Map.Entry<CharSequence, CharSequence>>() {
      @Override
      public Map.Entry<CharSequence, CharSequence> get(int index) {
        return Map.entry(names[index], values[index]);
      }

      @Override
      public int size() {
        return FlatHeaders.this.size;
      }
    }.iterator();
  }

  @Override
  public Integer getInt(CharSequence name) {
    return copy().getInt(name);
  }

  @Override
  public int getInt(CharSequence name, int defaultValue) {
    return copy().getInt(name, defaultValue);
  }

  @Override
  public Short getShort(CharSequence name) {
    return copy().getShort(name);
  }

  @Override
  public short getShort(CharSequence name, short defaultValue) {
    return copy().getShort(name, defaultValue);
  }

  @Override
  public Long getTimeMillis(CharSequence name) {
    return copy().getTimeMillis(name);
  }

  @Override
  public long getTimeMillis(CharSequence name, long defaultValue) {
    return copy().getTimeMillis(name, defaultValue);
  }

  @Override
  public HttpHeaders addInt(CharSequence name, int value) {
    return add(name, Integer.toString(value));
  }

  @Override
  public HttpHeaders addShort(CharSequence name, short value) {
    return add(name, Short.toString(value));
  }

  @Override
  public HttpHeaders setInt(CharSequence name, int value) {
    return set(name, Integer.toString(value));
  }

  @Override
  public HttpHeaders setShort(CharSequence name, short value) {
    return set(name, Short.toString(value));
  }

  /** Netty's own headers, for what is asked too seldom to be written twice. */
  @Override
  public HttpHeaders copy() {
    HttpHeaders all = new DefaultHttpHeaders();
    for (int i = 0; i < size; i++) {
      all.add(names[i], values[i]);
    }
    return all;
  }

  private int indexOf(CharSequence name, int from) {
    for (int i = from; i < size; i++) {
      if (same(names[i], name)) {
        return i;
      }
    }
    return -1;
  }

  private void removeFrom(int from, CharSequence name) {
    int kept = indexOf(name, from);
    if (kept < 0) {
      return;
    }
    for (int i = kept + 1; i < size; i++) {
      if (!same(names[i], name)) {
        names[kept] = names[i];
        values[kept++] = values[i];
      }
    }
    size = kept;
  }

  /** Most names that are asked for are constants, and some of those are here. */
  @SuppressWarnings("ReferenceEquality") // equal ones are compared as well
  private static boolean same(CharSequence one, CharSequence other) {
    return one == other
        || (one.length() == other.length() && AsciiString.contentEqualsIgnoreCase(one, other));
  }

  private static CharSequence checked(Object value) {
    CharSequence text =
        switch (value) {
          case CharSequence already -> already;
          case Date date -> DateFormatter.format(date);
          case Calendar calendar -> DateFormatter.format(calendar.getTime());
          default -> value.toString();
        };
    CHECKS.getValueValidator().validate(text);
    return text;
  }
}
