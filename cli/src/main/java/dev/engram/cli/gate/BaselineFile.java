package dev.engram.cli.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.engram.cli.CommandException;
import dev.engram.collector.analysis.gate.RunProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A run as a file that is kept with the code: the same run gives the same bytes. Messages of errors
 * are left out, they may hold what belongs in no repository.
 *
 * @param version of this shape
 */
record BaselineFile(int version, RunProfile run) {
  static final String NAME = "engram-baseline.json";

  private static final int VERSION = 1;
  private static final int MAX_LENGTH = 16 << 20;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Reads a baseline.
   *
   * @throws CommandException when there is none, or this version cannot read it
   */
  static RunProfile read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] json = in.readNBytes(MAX_LENGTH + 1);
      @Nullable BaselineFile read =
          json.length > MAX_LENGTH ? null : JSON.readValue(json, BaselineFile.class);
      if (read == null || read.version != VERSION) {
        throw GateCommand.undecided(foreign(file), null);
      }
      return read.run;
    } catch (NoSuchFileException missing) {
      throw GateCommand.undecided(
          "there is no baseline " + file + "; make one with: engram baseline save " + file,
          missing);
    } catch (JsonProcessingException broken) {
      throw GateCommand.undecided(foreign(file), broken);
    } catch (IOException unreadable) {
      throw GateCommand.undecided("cannot read " + file + " (" + unreadable + ")", unreadable);
    }
  }

  /**
   * Replaces the file as a whole.
   *
   * @throws CommandException when it cannot be written
   */
  static void write(Path file, RunProfile run) {
    try {
      replace(
          file, JSON.writeValueAsString(new BaselineFile(VERSION, run.withoutMessages())) + "\n");
    } catch (IOException failure) {
      throw new CommandException("cannot write " + file + " (" + failure + ")", failure);
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
    Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String foreign(Path file) {
    return file
        + " is no baseline that this version can read; make it anew with: engram baseline save "
        + file;
  }
}
