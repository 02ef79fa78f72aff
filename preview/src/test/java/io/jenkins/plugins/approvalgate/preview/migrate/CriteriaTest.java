package io.jenkins.plugins.approvalgate.preview.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class CriteriaTest {

    @Test
    public void whatOursCanSay_isTaken() {
        Map.<String, List<String>>of(
                        "", List.of(),
                        "eq(root['status'], 'successful')", List.of("/status == \"successful\""),
                        "EQ( root.status , 'it''s \"fine\"' )", List.of("/status == \"it's \\\"fine\\\"\""),
                        "eq(root['a/b']['c~d'][0].e, true)", List.of("/a~1b/c~0d/0/e == true"),
                        "and(ge(root['score'], 0.90), lt(root.open, 5), eq(root['n'], -1))",
                                List.of("/score >= 0.90", "/open < 5", "/n == -1"),
                        "and(eq(root['a'],'x'),and(gt(root['b'],1),le(root['c'],2)))",
                                List.of("/a == \"x\"", "/b > 1", "/c <= 2"))
                .forEach((criteria, comparisons) ->
                        assertThat(Criteria.comparisons(criteria)).as(criteria).contains(comparisons));
    }

    @Test
    public void whatCouldLetMoreThrough_isNot() {
        List.of(
                        "ne(root['status'], 'failed')",
                        "or(eq(root['a'], 1), eq(root['b'], 1))",
                        "not(eq(root['a'], 1))",
                        "in(root['a'], 'x', 'y')",
                        "eq('successful', root['status'])",
                        "eq(root['a'], root['b'])",
                        "eq(count(root['a']), 0)",
                        "eq(jsonpath('$.value[*]'), 0)",
                        "eq(root, 'x')",
                        "eq(root['a'], $(variable))",
                        "ge(root['a'], 'x')",
                        "eq(root['a == \"b\"'], 'x')",
                        "eq(root['a'], 'x') or true",
                        "eq(root['a'], 'x'",
                        "and()",
                        "and(".repeat(12) + "eq(root['a'], 1)" + ")".repeat(12),
                        "eq(root['" + "a".repeat(3_000) + "'], 1)")
                .forEach(criteria -> assertThat(Criteria.comparisons(criteria)).as(criteria).isEmpty());
    }
}
