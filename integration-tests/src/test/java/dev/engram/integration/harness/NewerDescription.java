package dev.engram.integration.harness;

import net.bytebuddy.asm.Advice;

/** Raises a number and adds fields of every shape; becomes a part of the patched method. */
final class NewerDescription {
  private NewerDescription() {}

  @Advice.OnMethodExit
  static void describe(@Advice.Return(readOnly = false) String json) {
    json =
        json.replace("\"record_format\": 1", "\"record_format\": 2")
            .replaceFirst("\\{", "{\"newer\":{\"a\":[1,{\"b\":null}]},\"newer_text\":\"x\",");
  }
}
