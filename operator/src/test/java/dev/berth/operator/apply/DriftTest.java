package dev.berth.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the server's defaults        | {a:1,b:2}                  | {a:1}               | true",
        "a changed value              | {a:2}                      | {a:1}               | false",
        "a field that was taken away  | {}                         | {a:1}               | false",
        "a zero that was dropped      | {}                         | {a:0,b:false,c:{}}  | true",
        "one amount in two spellings  | {requests:{cpu:'1'}}       | {requests:{cpu:'1000m'}} | true",
        "another amount               | {requests:{cpu:'2'}}       | {requests:{cpu:'1000m'}} | false",
        "a text that looks like one   | {name:'1'}                 | {name:'1000m'}      | false",
        "a stranger's container       | {c:[{name:'x'},{name:'a',i:1}]} | {c:[{name:'a'}]} | true",
        "a container that is missing  | {c:[{name:'x'}]}           | {c:[{name:'a'}]}    | false",
        "a stranger's owner           | {o:[{uid:'1'},{uid:'2'}]}  | {o:[{uid:'2'}]}     | true",
        "a changed argument           | {a:['x','z']}              | {a:['x','y']}       | false",
        "one more argument            | {a:['x','y']}              | {a:['x']}           | false",
        "a whole number and its like  | {w:1}                      | {w:1.0}             | true",
      })
  void whatWeSaidStandsOrNot(String what, String live, String desired, boolean stands)
      throws JsonProcessingException {
    ObjectMapper lax =
        new ObjectMapper()
            .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_SINGLE_QUOTES)
            .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);

    assertThat(Drift.covers(lax.readTree(live), lax.readTree(desired))).as(what).isEqualTo(stands);
  }
}
