package dev.berth.modelserver.media;

import dev.berth.serving.protobuf.ProtobufException;
import dev.berth.serving.protobuf.ProtobufReader;
import dev.berth.serving.protobuf.ProtobufReader.Wire;
import dev.berth.serving.protobuf.RepeatedNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * SageMaker's records to rows. A record's features are either one tensor called {@code values} in
 * the model's order, dense or sparse by its keys, or one value for each feature by name. Labels and
 * all else are passed over; what a sparse tensor leaves out is missing.
 */
final class RecordioReader {
  private static final byte[] VALUES = "values".getBytes(StandardCharsets.UTF_8);

  /** Fields of Record, of a map's entry, of Value and of a tensor. */
  private static final int FEATURES = 1;

  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int FLOAT32 = 2;
  private static final int FLOAT64 = 3;
  private static final int INT32 = 7;
  private static final int BYTES = 9;
  private static final int TENSOR_VALUES = 1;
  private static final int TENSOR_KEYS = 2;
  private static final int TENSOR_SHAPE = 3;

  private final Columns columns;
  private final RowBlock rows;
  private final NamedFeatures names;
  private long row;
  private byte[] bytes = {};

  private RecordioReader(Columns columns, RowBlock rows) {
    this.columns = columns;
    this.rows = rows;
    this.names = new NamedFeatures(columns.count());
  }

  /** Throws {@link InvalidRowsException}. */
  static void read(Columns columns, byte[] stream, int from, int to, RowBlock rows) {
    RecordioReader reader = new RecordioReader(columns, rows);
    RecordioFrames frames = new RecordioFrames(stream, from, to);
    while (frames.next(reader.row + 1)) {
      reader.row++;
      try {
        reader.record(frames);
      } catch (ProtobufException e) {
        throw InvalidRowsException.of(reader.row, "not a valid record: " + e.getMessage());
      }
    }
  }

  private void record(RecordioFrames frame) {
    bytes = frame.record();
    rows.beginRow();
    names.nextRow();
    boolean whole = false;
    boolean named = false;
    ProtobufReader record = new ProtobufReader(bytes, frame.from(), frame.to());
    while (record.next()) {
      if (record.field() != FEATURES) {
        continue;
      }
      Entry entry = entry(record.message());
      int column = column(entry);
      if (column < 0 ? whole || named : whole) {
        throw InvalidRowsException.of(
            row, "the features are several tensors, not all of them called as features are");
      }
      if (column < 0) {
        whole = true;
        vector(entry);
      } else {
        named = true;
        single(entry, column);
      }
    }
    if (!whole) {
      requireAll();
    }
    rows.endRow();
  }

  /** A feature: where its name is, and where its value is and of which kind. */
  private record Entry(int keyFrom, int keyTo, int kind, int from, int to) {}

  private Entry entry(ProtobufReader entry) {
    int keyFrom = 0;
    int keyTo = 0;
    int kind = 0;
    int from = 0;
    int to = 0;
    while (entry.next()) {
      if (entry.field() == KEY) {
        keyFrom = entry.from();
        keyTo = entry.to();
      } else if (entry.field() == VALUE) {
        ProtobufReader value = entry.message();
        while (value.next()) {
          kind = value.field();
          from = value.from();
          to = value.to();
        }
      }
    }
    return new Entry(keyFrom, keyTo, kind, from, to);
  }

  /** The feature that an entry names; -1 when it holds all of them. */
  private int column(Entry entry) {
    boolean usual =
        Arrays.equals(bytes, entry.keyFrom, entry.keyTo, VALUES, 0, VALUES.length)
            && columns.indexOf("values") < 0;
    return usual ? -1 : columns.indexOf(bytes, entry.keyFrom, entry.keyTo, 0);
  }

  private void vector(Entry entry) {
    RepeatedNumbers values = numbers(entry);
    RepeatedNumbers keys =
        new RepeatedNumbers(bytes, entry.from, entry.to, TENSOR_KEYS, Wire.VARINT);
    int count = 0;
    if (keys.next()) {
      do {
        if (!values.next()) {
          throw InvalidRowsException.of(row, "a sparse tensor has more keys than values");
        }
        set(sparse(keys.value()), entry, values);
      } while (keys.next());
      if (values.next()) {
        throw InvalidRowsException.of(row, "a sparse tensor has more values than keys");
      }
      return;
    }
    while (values.next()) {
      if (count < columns.count()) {
        set(count, entry, values);
      }
      count++;
    }
    // A sparse row without a value has no keys either; that it has a shape tells it apart.
    boolean empty =
        count == 0
            && new RepeatedNumbers(bytes, entry.from, entry.to, TENSOR_SHAPE, Wire.VARINT).next();
    if (count != columns.count() && !empty) {
      throw InvalidRowsException.of(
          row,
          count
              + (count == 1 ? " value" : " values")
              + " where the model has "
              + columns.count()
              + (columns.count() == 1 ? " feature" : " features"));
    }
  }

  private int sparse(long key) {
    if (key < 0 || key >= columns.count()) {
      throw InvalidRowsException.of(
          row,
          "feature "
              + Long.toUnsignedString(key)
              + ", where the model has "
              + columns.count()
              + ", counted from 0");
    }
    name((int) key);
    return (int) key;
  }

  private void single(Entry entry, int column) {
    name(column);
    if (entry.kind == BYTES) {
      ProtobufReader texts = new ProtobufReader(bytes, entry.from, entry.to);
      while (texts.next()) {
        if (texts.field() == TENSOR_VALUES) {
          text(column, texts.from(), texts.to());
          return;
        }
      }
      return;
    }
    RepeatedNumbers values = numbers(entry);
    if (values.next()) {
      set(column, entry, values);
      if (values.next()) {
        throw new InvalidRowsException(
            row, 0, columns.get(column).name(), "has several values where one is expected");
      }
    }
  }

  private void name(int column) {
    if (!names.add(column)) {
      throw new InvalidRowsException(row, 0, columns.get(column).name(), "is given twice");
    }
  }

  private RepeatedNumbers numbers(Entry entry) {
    Wire wire =
        switch (entry.kind) {
          case FLOAT32 -> Wire.FIXED32;
          case FLOAT64 -> Wire.FIXED64;
          case INT32 -> Wire.VARINT;
          default ->
              throw InvalidRowsException.of(
                  row, "a feature holds neither a float32, a float64 nor an int32 tensor");
        };
    return new RepeatedNumbers(bytes, entry.from, entry.to, TENSOR_VALUES, wire);
  }

  private void set(int column, Entry entry, RepeatedNumbers values) {
    double number =
        switch (entry.kind) {
          case FLOAT32 -> Float.intBitsToFloat((int) values.value());
          case FLOAT64 -> Double.longBitsToDouble(values.value());
          default -> (int) values.value();
        };
    try {
      rows.put(column, columns.get(column).value(number));
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, 0, columns.get(column).name(), e.getMessage());
    }
  }

  private void text(int column, int from, int to) {
    try {
      rows.put(column, columns.value(column, bytes, from, to));
    } catch (Column.Unreadable e) {
      throw new InvalidRowsException(row, 0, columns.get(column).name(), e.getMessage());
    }
  }

  private void requireAll() {
    for (int column = 0; column < columns.count(); column++) {
      if (!names.has(column) && columns.get(column).required()) {
        throw new InvalidRowsException(
            row,
            0,
            columns.get(column).name(),
            "is not given; features are one tensor called 'values', or a value each by name");
      }
    }
  }
}
