package dev.berth.modelserver.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * The messages of a .proto file, for the library of Protocol Buffers: as much of the language as
 * ours are written in, so that tests need no compiler for it.
 */
public final class ProtoFile {
  private final Deque<String> tokens;

  private ProtoFile(String text) {
    String spaced =
        text.replaceAll("//[^\n]*", "").replaceAll("([{}();=<>,\\[\\]])", " $1 ").strip();
    this.tokens = new ArrayDeque<>(Arrays.asList(spaced.split("\\s+")));
  }

  /** The messages of a file's text. */
  public static FileDescriptor of(String text) {
    try {
      return FileDescriptor.buildFrom(new ProtoFile(text).file(), new FileDescriptor[0]);
    } catch (DescriptorValidationException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A message of a file. */
  public static Descriptor message(FileDescriptor file, String name) {
    return file.findMessageTypeByName(name);
  }

  private FileDescriptorProto file() {
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder().setName("file.proto");
    while (!tokens.isEmpty()) {
      switch (tokens.poll()) {
        case "syntax" -> {
          tokens.poll();
          file.setSyntax(tokens.poll().replace("\"", "").replace("proto2", ""));
          tokens.poll();
        }
        case "package" -> {
          file.setPackage(tokens.poll());
          tokens.poll();
        }
        case "message" -> file.addMessageType(message());
        case "service" -> skipBlock();
        default -> {}
      }
    }
    return file.build();
  }

  private DescriptorProto message() {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(tokens.poll());
    tokens.poll();
    fields(message, -1);
    return message.build();
  }

  /** Up to the closing brace; {@code oneof} is the index of the one that the fields are in. */
  private void fields(DescriptorProto.Builder message, int oneof) {
    for (String token = tokens.poll(); !token.equals("}"); token = tokens.poll()) {
      switch (token) {
        case "message" -> message.addNestedType(message());
        case "oneof" -> {
          message.addOneofDeclBuilder().setName(tokens.poll());
          tokens.poll();
          fields(message, message.getOneofDeclCount() - 1);
        }
        case "map" -> map(message);
        case "repeated" ->
            field(message, tokens.poll(), FieldDescriptorProto.Label.LABEL_REPEATED, oneof);
        case "optional" ->
            field(message, tokens.poll(), FieldDescriptorProto.Label.LABEL_OPTIONAL, oneof);
        default -> field(message, token, FieldDescriptorProto.Label.LABEL_OPTIONAL, oneof);
      }
    }
  }

  private void field(
      DescriptorProto.Builder message, String type, FieldDescriptorProto.Label label, int oneof) {
    FieldDescriptorProto.Builder field = field(tokens.poll(), type).setLabel(label);
    tokens.poll();
    field.setNumber(Integer.parseInt(tokens.poll()));
    if (oneof >= 0) {
      field.setOneofIndex(oneof);
    }
    for (String token = tokens.poll(); !token.equals(";"); token = tokens.poll()) {
      if (token.equals("packed")) {
        field.getOptionsBuilder().setPacked(true);
      }
    }
    message.addField(field);
  }

  private void map(DescriptorProto.Builder message) {
    tokens.poll();
    String key = tokens.poll();
    tokens.poll();
    String value = tokens.poll();
    tokens.poll();
    String name = tokens.peek();
    String entry = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Entry";
    message.addNestedType(
        DescriptorProto.newBuilder()
            .setName(entry)
            .setOptions(MessageOptions.newBuilder().setMapEntry(true))
            .addField(
                field("key", key).setNumber(1).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
            .addField(
                field("value", value)
                    .setNumber(2)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)));
    field(message, entry, FieldDescriptorProto.Label.LABEL_REPEATED, -1);
  }

  private static FieldDescriptorProto.Builder field(String name, String type) {
    FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder().setName(name);
    List<String> scalars =
        List.of("bool", "int32", "int64", "uint32", "uint64", "float", "double", "string", "bytes");
    return scalars.contains(type)
        ? field.setType(FieldDescriptorProto.Type.valueOf("TYPE_" + type.toUpperCase(Locale.ROOT)))
        : field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type);
  }

  private void skipBlock() {
    int depth = 0;
    do {
      String token = tokens.poll();
      depth += token.equals("{") ? 1 : token.equals("}") ? -1 : 0;
      if (token.equals("}") && depth == 0) {
        return;
      }
    } while (true);
  }
}
