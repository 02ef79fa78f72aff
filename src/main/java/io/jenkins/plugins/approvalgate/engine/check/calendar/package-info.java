/**
 * The checks that look at the calendar: {@link io.jenkins.plugins.approvalgate.engine.check.calendar.BusinessHours} and
 * {@link io.jenkins.plugins.approvalgate.engine.check.calendar.ChangeFreeze}. What is configured is local time in a zone;
 * {@link io.jenkins.plugins.approvalgate.engine.check.calendar.LocalTimes} says which instant that is on the days on which
 * clocks are changed.
 */
package io.jenkins.plugins.approvalgate.engine.check.calendar;
