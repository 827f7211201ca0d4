package dev.engram.collector.analysis.similar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.ThrownStack;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {
  private final Families families = new Families();

  @Test
  void otherWordsOfOneStack_areOneFamily() {
    assertThat(families.of(1, thrown("E", "no customer Smith", "a.Orders.place"))).isEqualTo(1);
    assertThat(families.of(2, thrown("E", "Jones is unknown", "a.Orders.place"))).isEqualTo(1);
  }

  @Test
  void otherTypesAndPlaces_areOtherFamilies() {
    families.of(1, thrown("E", "failed", "a.Orders.place"));
    assertThat(families.of(2, thrown("F", "gone", "a.Orders.place"))).isEqualTo(2);
    assertThat(families.of(3, thrown("E", "failed", "a.Carts.add"))).isEqualTo(3);
  }

  @Test
  void fingerprint_keepsItsFamily() {
    families.of(1, thrown("E", "failed", "a.Orders.place"));
    assertThat(families.of(1, thrown("F", "other", "a.Carts.add"))).isEqualTo(1);
    assertThat(Families.label(0x1f0c9a77b3d2ffffL)).isEqualTo("F-1f0c9a77b3d2");
  }

  private static ThrownStack thrown(String type, String message, String method) {
    List<String> frames = List.of(method + "(S.java:1)", "a.Main.main(Main.java:1)");
    return new ThrownStack(type, message, 0, frames, 0, null, List.of());
  }
}
