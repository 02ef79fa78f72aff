package io.jenkins.plugins.approvalgate.engine.check.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.Test;

/** Rules that nobody would write, and some that somebody would. */
public class RecurrenceTest {

    private static final int RULES = 1_500;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static List<LocalDateTime> instances(String rule, String start, String from, String to) {
        List<LocalDateTime> instances = new ArrayList<>();
        Recurrence.of(rule).each(
                LocalDateTime.parse(start), LocalDateTime.parse(from), LocalDateTime.parse(to),
                ZoneOffset.UTC.getRules(), new Effort(1_000_000), instances::add);
        return instances;
    }

    @Test
    public void anyRule_endsSoon_andFailsInOneWayOnly() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        int computed = 0;
        for (int i = 0; i < RULES; i++) {
            String rule = rule(random);
            String start = random.nextInt(10) == 0 ? "1601-01-01T00:00" : "20" + (10 + random.nextInt(17)) + "-0" + (1 + random.nextInt(9)) + "-15T08:00";
            long begun = System.nanoTime();
            try {
                List<LocalDateTime> found = instances(rule, start, "2026-01-01T00:00", "2029-01-01T00:00");
                assertThat(found).as(rule).isSorted().doesNotHaveDuplicates();
                computed++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).as("seed " + seed + ": " + rule).isNotBlank();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("seed " + seed + ": " + rule + " from " + start).isLessThan(LONGEST);
        }
        assertThat(computed).as("seed " + seed).isGreaterThan(RULES / 10);
    }

    private static String rule(Random random) {
        StringJoiner rule = new StringJoiner(";");
        rule.add("FREQ=" + pick(random, "HOURLY", "DAILY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY", "YEARLY", "SECONDLY"));
        maybe(rule, random, "INTERVAL", 1, 10_001);
        maybe(rule, random, "COUNT", 1, 2_000_000_000);
        maybe(rule, random, "BYMONTH", 1, 14);
        maybe(rule, random, "BYMONTHDAY", -31, 32);
        maybe(rule, random, "BYYEARDAY", -366, 367);
        maybe(rule, random, "BYWEEKNO", -53, 54);
        maybe(rule, random, "BYHOUR", 0, 25);
        maybe(rule, random, "BYMINUTE", 0, 60);
        maybe(rule, random, "BYSETPOS", -366, 367);
        if (random.nextInt(3) == 0) {
            rule.add("BYDAY=" + pick(random, "", "", "1", "-1", "5", "53") + pick(random, "MO", "TU", "SU") + pick(random, "", ",FR", ",-2WE"));
        }
        return rule.toString();
    }

    private static void maybe(StringJoiner rule, Random random, String part, int least, int most) {
        if (random.nextInt(6) == 0) {
            StringJoiner values = new StringJoiner(",");
            boolean one = part.equals("INTERVAL") || part.equals("COUNT");
            for (int i = one ? 1 : 1 + random.nextInt(3); i > 0; i--) {
                values.add(String.valueOf(least + (int) (Math.pow(random.nextDouble(), one ? 4 : 1) * ((long) most - least))));
            }
            rule.add(part + "=" + values);
        }
    }

    private static String pick(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    @Test
    public void rulesOfTheStandard() {
        // Some of the examples of RFC 5545, 3.8.5.3.
        for (String[] row : new String[][] {
            {"FREQ=MONTHLY;BYDAY=1SU,-1SU;INTERVAL=2;COUNT=4", "1997-09-07T09:00", "[1997-09-07T09:00, 1997-09-28T09:00, 1997-11-02T09:00, 1997-11-30T09:00]"},
            {"FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19T09:00", "[1997-05-19T09:00, 1998-05-18T09:00, 1999-05-17T09:00]"},
            {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12T09:00", "[1997-05-12T09:00, 1998-05-11T09:00, 1999-05-17T09:00]"},
            {"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "1998-02-13T09:00", "[1998-02-13T09:00, 1998-03-13T09:00, 1998-11-13T09:00]"},
            {"FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04T09:00", "[1997-09-04T09:00, 1997-10-07T09:00, 1997-11-06T09:00]"},
            {"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2", "1996-11-05T09:00", "[1996-11-05T09:00, 2000-11-07T09:00]"},
            {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05T09:00", "[1997-08-05T09:00, 1997-08-10T09:00, 1997-08-19T09:00, 1997-08-24T09:00]"},
            {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05T09:00", "[1997-08-05T09:00, 1997-08-17T09:00, 1997-08-19T09:00, 1997-08-31T09:00]"},
            {"freq=daily;count=2;", "1997-08-05T09:00", "[1997-08-05T09:00, 1997-08-06T09:00]"},
        }) {
            assertThat(instances(row[0], row[1], row[1], "2005-01-01T00:00")).as(row[0]).hasToString(row[2]);
        }
    }

    @Test
    public void until_theThirteenthMonth_isRefused() {
        for (String until : List.of("20271321T235959Z", "20271301", "20260230T000000", "20270100T000000Z")) {
            assertThatThrownBy(() -> Recurrence.of("FREQ=DAILY;UNTIL=" + until))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no recurrence rule");
        }
    }

    @Test
    public void fromSomewhere_isTheSameAsFromTheStart() {
        long seed = 20_261_122L;
        Random random = new Random(seed);
        for (int i = 0; i < RULES / 5; i++) {
            String rule = rule(random);
            String from = LocalDateTime.parse("2026-01-01T00:00").plusHours(random.nextInt(3 * 366 * 24)).toString();
            List<LocalDateTime> all;
            try {
                all = instances(rule, "2026-01-01T08:00", "2026-01-01T00:00", "2029-01-01T00:00");
            } catch (IllegalArgumentException refused) {
                continue;
            }
            all.removeIf(next -> next.isBefore(LocalDateTime.parse(from)));
            assertThat(instances(rule, "2026-01-01T08:00", from, "2029-01-01T00:00")).as("seed " + seed + ": " + rule + " from " + from).isEqualTo(all);
        }
    }
}
