/** Times as people want them: "3 hours ago", and the exact moment on hover. */
import { h } from './dom.js';
import { locale, regional, t } from './texts.js';

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
const absolute = new Intl.DateTimeFormat(regional, {
  weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
});

/** How far the server's clock is ahead of this computer's. */
let aheadMs = 0;

/**
 * Learns the server's time from a response, since "due in 5 minutes" must not depend on this computer's clock. The
 * preview's clock can be moved, which only Approval-Gate-Now tells; HTTP's own Date is good enough elsewhere.
 */
export function setServerTime(headers) {
  const said = Date.parse(headers.get('Approval-Gate-Now') ?? headers.get('Date') ?? '');
  // Date has whole seconds, and the answer travelled: a small difference is no difference
  aheadMs = Number.isNaN(said) || Math.abs(said - Date.now()) < 5_000 ? 0 : said - Date.now();
}

/** "in 3 hours", "2 days ago", "just now". */
export function relativeText(instant) {
  const distance = Date.parse(instant) - serverNow();
  const [unit, length] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? [];
  return unit ? relative.format(Math.round(distance / length), unit) : distance > 0 ? t('time.soon') : t('time.justNow');
}

/** Now, as the server has it. */
export const serverNow = () => new Date(Date.now() + aheadMs);

export const absoluteText = instant => absolute.format(Date.parse(instant));

/**
 * @param {string|null} instant ISO-8601
 * @returns {HTMLElement|null} a <time> that refreshTimes() keeps right
 */
export function timeAgo(instant) {
  return instant ? h('time', { datetime: instant, title: absoluteText(instant), 'data-relative': true }, relativeText(instant)) : null;
}

/** Both in sight: "in 3 hours (Mon, 9 Mar 2026, 09:00 EDT)". */
export function timeInFull(instant) {
  return instant ? h('span', {}, timeAgo(instant), ` (${absoluteText(instant)})`) : null;
}

/** The same the other way round: "since Mon, 9 Mar 2026, 09:00 EDT (3 hours ago)". */
export function sinceInFull(instant) {
  return instant ? h('span', {}, timeAt(instant), ' (', timeAgo(instant), ')') : null;
}

/** The exact moment first, for histories. */
export function timeAt(instant) {
  return instant ? h('time', { datetime: instant, title: relativeText(instant) }, absoluteText(instant)) : null;
}

export function refreshTimes(within) {
  within.querySelectorAll('time[data-relative]').forEach(element => {
    const text = relativeText(element.dateTime);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  });
}

/** 'PT48H' → '48 hours', 'P30D' → '30 days'; what is not a plain ISO-8601 duration stays as it is. */
export function durationText(duration) {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+(?:\.\d+)?S)?)?$/.exec(duration ?? '') ?? [];
  const totalHours = Number(days ?? 0) * 24 + Number(hours ?? 0);
  const wholeDays = totalHours >= 72 && totalHours % 24 === 0;
  const parts = [
    wholeDays ? [totalHours / 24, 'day'] : [totalHours, 'hour'],
    [Number(minutes ?? 0), 'minute'],
  ].filter(([n]) => n > 0);
  const format = ([n, unit]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(n);
  return parts.length ? parts.map(format).join(' ') : duration;
}
