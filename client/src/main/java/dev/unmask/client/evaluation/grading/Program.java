package dev.unmask.client.evaluation.grading;

import java.util.ArrayList;
import java.util.List;

/**
 * How an answer becomes a program with tests.
 *
 * <p>Where several parts are run, they share one scope, and each must be a program of its own.
 */
public sealed interface Program {
  /** The program without its tests. */
  String code(String answer, Python python) throws InterruptedException;

  /** What is run: the program, then its tests. */
  List<String> parts(String code);

  /**
   * A body for a function's beginning, as in models/training/evaluate.py.
   *
   * @param signature the function's beginning
   * @param tests each a statement
   */
  record Body(String signature, List<String> tests) implements Program {
    @Override
    public String code(String answer, Python python) {
      return signature + answer;
    }

    @Override
    public List<String> parts(String code) {
      var parts = new ArrayList<>(List.of(code));
      parts.addAll(tests);
      return parts;
    }
  }

  /**
   * A function that HumanEval asks for. The post-processing is that of d2Cache: code out of a
   * fence, put behind the prompt, then what the function needs of it; and what its tests need.
   *
   * @param prompt the function's beginning
   * @param entryPoint the function's name
   * @param test defines {@code check}
   */
  record Function(String prompt, String entryPoint, String test) implements Program {
    @Override
    public String code(String answer, Python python) throws InterruptedException {
      return python.sanitized(prompt + "\n" + Fences.code(answer), entryPoint, test);
    }

    @Override
    public List<String> parts(String code) {
      return List.of(code + "\n" + test + "\ncheck(" + entryPoint + ")");
    }
  }

  /**
   * A whole program, as MBPP asks for.
   *
   * @param fenced whether the answer began inside a fence; otherwise inside {@code [BEGIN]}
   * @param setup what the tests need; it may use the program's own classes
   * @param tests each a statement
   */
  record Whole(boolean fenced, String setup, List<String> tests) implements Program {
    private static final String BEGIN = "[BEGIN]";
    private static final String DONE = "[DONE]";

    @Override
    public String code(String answer, Python python) {
      if (fenced) {
        return Fences.code(answer);
      }
      int begin = answer.indexOf(BEGIN);
      var code = begin < 0 ? answer : answer.substring(begin + BEGIN.length());
      int done = code.indexOf(DONE);
      return done < 0 ? code : code.substring(0, done);
    }

    @Override
    public List<String> parts(String code) {
      return List.of(code + "\n" + setup + "\n" + String.join("\n", tests));
    }
  }
}
