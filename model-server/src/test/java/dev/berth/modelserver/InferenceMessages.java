package dev.berth.modelserver;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.berth.modelserver.proto.ProtoFile;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The service's methods and messages, from the .proto file that we hand out. */
final class InferenceMessages {
  private static final FileDescriptor SCHEMA = schema();

  private InferenceMessages() {}

  static MethodDescriptor<Message, Message> method(String name) {
    String type = name.equals("Nothing") ? "ServerLive" : name;
    return MethodDescriptor.<Message, Message>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName("inference.GRPCInferenceService/" + name)
        .setRequestMarshaller(marshaller(type + "Request"))
        .setResponseMarshaller(marshaller(type + "Response"))
        .build();
  }

  private static MethodDescriptor.Marshaller<Message> marshaller(String type) {
    return new MethodDescriptor.Marshaller<>() {
      @Override
      public InputStream stream(Message message) {
        return new ByteArrayInputStream(message.toByteArray());
      }

      @Override
      public Message parse(InputStream stream) {
        try {
          return DynamicMessage.parseFrom(ProtoFile.message(SCHEMA, type), stream);
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  static DynamicMessage.Builder message(String type, String text) throws Exception {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(ProtoFile.message(SCHEMA, type));
    TextFormat.merge(text, message);
    return message;
  }

  static Object field(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static FileDescriptor schema() {
    try {
      return ProtoFile.of(Files.readString(Path.of("src/main/proto/open-inference.proto")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
