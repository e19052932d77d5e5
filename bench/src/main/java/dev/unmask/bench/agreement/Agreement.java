package dev.unmask.bench.agreement;

import dev.unmask.bench.Exercise;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts of one model and method. */
final class Agreement {
  private int questions;
  private int rightOnReference;
  private int rightOnTested;
  private int sameText;
  private int sameRestored;
  private int sameAgain;
  private long predictions;
  private long predictedAlike;
  private double confidenceDifference;

  /** One row of one step that both were asked for. */
  void predicted(boolean alike, double difference) {
    predictions++;
    predictedAlike += alike ? 1 : 0;
    confidenceDifference += difference;
  }

  /** One exercise's texts. */
  void answered(Exercise exercise, String reference, String tested) {
    questions++;
    rightOnReference += exercise.answeredBy(reference) ? 1 : 0;
    rightOnTested += exercise.answeredBy(tested) ? 1 : 0;
    sameText += reference.equals(tested) ? 1 : 0;
  }

  /** Whether the tested device repeated its canvas: from a restored state, and simply again. */
  void repeated(boolean restored, boolean again) {
    sameRestored += restored ? 1 : 0;
    sameAgain += again ? 1 : 0;
  }

  /** Whether the tested device always agreed with itself. */
  boolean repeatable() {
    return sameRestored == questions && sameAgain == questions;
  }

  /** Everything by name. */
  Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    values.put("questions", questions);
    values.put("right_on_reference", rightOnReference);
    values.put("right_on_device", rightOnTested);
    values.put("same_text", sameText);
    values.put("predictions", predictions);
    values.put("predicted_alike", predictedAlike);
    values.put("mean_confidence_difference", confidenceDifference / predictions);
    values.put("same_from_restored_state", sameRestored);
    values.put("same_again", sameAgain);
    return values;
  }
}
