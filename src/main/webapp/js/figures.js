/** What became of an environment's gates: some numbers, two charts, and the same by month as a table. */
import { h, live } from './dom.js';
import { table } from './parts.js';
import { list, locale, statusName, t } from './texts.js';
import { absoluteText } from './time.js';

/** In the order of the table: first what lets a build pass, last what nobody decided. */
const OUTCOMES = ['APPROVED', 'AUTO_APPROVED', 'BYPASSED', 'REJECTED', 'CHECK_FAILED', 'TIMED_OUT', 'CANCELLED', 'SUPERSEDED'];

/** What stands together in the chart, which shows six kinds that everybody can tell apart. */
const KINDS = [
  ['approved', ['APPROVED']], ['auto', ['AUTO_APPROVED']], ['bypassed', ['BYPASSED']],
  ['rejected', ['REJECTED']], ['failed', ['CHECK_FAILED']], ['undecided', ['TIMED_OUT', 'CANCELLED', 'SUPERSEDED']],
];
const MOST_MONTHS = 12;
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/**
 * @param {string} [since] the key of the text that says what is counted
 * @returns {{element: HTMLElement, update(figures: import('./shapes.js').Figures): void, stop(): void}}
 */
export function figuresSection(since = 'figures.since') {
  const charts = chartArea();
  const numbers = live(({ outcomes, months, ...share }) => share, figures => summary(figures, since));
  const rows = live(({ outcomes, months }) => ({ outcomes, months }), monthTable);
  const byMonth = h('details', { 'data-testid': 'figures-table' }, h('summary', {}, t('figures.byMonth')), h('p', { class: 'ag-quiet' }, t('figures.utc')), rows.element);
  const empty = h('p', { class: 'ag-empty', 'data-testid': 'figures-empty' }, t('figures.empty'));
  return {
    element: h('section', { class: 'ag-section ag-figures', 'data-testid': 'figures' },
      h('h2', {}, t('figures.title')), empty, numbers.element, charts.element, byMonth),
    update(figures) {
      const none = figures.decided === 0;
      empty.hidden = !none;
      numbers.element.hidden = none;
      numbers.update(figures);
      rows.update(figures);
      byMonth.hidden = figures.months.length === 0;
      charts.update(none ? [] : figures.months);
    },
    stop: charts.stop,
  };
}

function summary({ decided, timeToDecision: { median, p90 }, slaKept: { kept, of }, since }, counted) {
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const number = (name, value, ...more) => h('div', {}, h('dt', {}, name), h('dd', {}, value, more.map(line => h('div', { class: 'ag-quiet' }, line))));
  return decided > 0 && [
    h('dl', { class: 'ag-numbers' },
      number(t('figures.decided'), new Intl.NumberFormat(locale).format(decided)),
      number(t('figures.median'), spanText(median)),
      number(t('figures.p90'), spanText(p90)),
      of > 0 && number(t('figures.slaKept'), share.format(kept / of), t('figures.slaOf', kept, of))),
    h('p', { class: 'ag-quiet' }, t(counted, absoluteText(since))),
  ];
}

/** The numbers of the charts, for those who read them rather than see them, and of all months. */
function monthTable({ outcomes, months }) {
  const shown = OUTCOMES.filter(outcome => outcomes[outcome]);
  const columns = ['figures.month', 'figures.decided', 'figures.median', 'figures.p90'];
  const { element, body } = table(columns, { label: t('figures.byMonth'), class: 'ag-month-table' });
  element.querySelector('tr').append(...shown.map(outcome => h('th', { role: 'columnheader', scope: 'col' }, statusName(outcome))));
  const value = (title, text) => h('td', { role: 'cell', 'data-title': title }, text ?? t('common.none'));
  body.append(...[...months].reverse().map(({ month, decided, median, p90, outcomes: some }) => h('tr', { role: 'row' },
    h('th', { role: 'rowheader', scope: 'row' }, monthName(month)),
    value(t('figures.decided'), decided),
    value(t('figures.median'), median && spanText(median)),
    value(t('figures.p90'), p90 && spanText(p90)),
    shown.map(outcome => value(statusName(outcome), some[outcome] ?? 0)))));
  return element;
}

/** Where the charts are drawn as soon as their library is there; without it, the table has it all. */
function chartArea() {
  const element = h('div', { class: 'ag-charts', hidden: true });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  let shown = '';
  let drawn = null;
  let months = [];
  scheme.addEventListener('change', redraw);

  async function update(next) {
    const version = JSON.stringify(next);
    if (version === shown) {
      return;
    }
    shown = version;
    months = next;
    element.hidden = months.length === 0;
    await redraw();
  }

  async function redraw() {
    const wanted = shown;
    const made = months.length > 0 && await import('./charts.js').then(({ load }) => load()).catch(() => null);
    if (wanted !== shown) {
      return;
    }
    drawn?.forEach(chart => chart.destroy());
    drawn = null;
    element.hidden = !made;
    if (made) {
      const last = lastMonths(months);
      const [outcomes, times] = [outcomeChart(last), timeChart(last)];
      element.replaceChildren(outcomes.element, times.element);
      drawn = [made.bars(outcomes), made.lines(times)];
    }
  }

  return {
    element,
    update,
    stop() {
      shown = 'stopped';
      scheme.removeEventListener('change', redraw);
      drawn?.forEach(chart => chart.destroy());
    },
  };
}

function figure(testId, title, description) {
  const canvas = h('canvas', { role: 'img', 'aria-label': description, 'data-testid': testId });
  return { canvas, element: h('figure', { class: 'ag-chart' }, h('figcaption', {}, title), h('div', {}, canvas)) };
}

function outcomeChart(months) {
  const series = KINDS
    .map(([kind, outcomes]) => ({
      kind,
      label: outcomes.length > 1 ? t('figures.undecided') : statusName(outcomes[0]),
      values: months.map(month => outcomes.reduce((sum, outcome) => sum + (month.outcomes[outcome] ?? 0), 0)),
    }))
    .filter(({ values }) => values.some(Boolean));
  const total = series.map(({ label, values }) => `${label}: ${values.reduce((sum, value) => sum + value, 0)}`);
  return {
    ...figure('chart-outcomes', t('figures.outcomes'), t('figures.outcomesSay', list(total))),
    labels: months.map(({ month }) => monthName(month)), series,
  };
}

function timeChart(months) {
  const seconds = key => months.map(month => (month[key] ? secondsOf(month[key]) : null));
  const series = [
    { kind: 'median', label: t('figures.median'), values: seconds('median') },
    { kind: 'p90', label: t('figures.p90'), values: seconds('p90') },
  ];
  const [unit, length] = unitFor(Math.max(...series[1].values));
  const said = months.filter(({ median }) => median)
    .map(({ month, median, p90 }) => t('figures.timeOf', monthName(month), spanText(median), spanText(p90)));
  return {
    ...figure('chart-times', t('figures.times'), t('figures.timesSay', list(said))),
    labels: months.map(({ month }) => monthName(month)), series, unit, length, say: spanOf,
  };
}

/** The last twelve months up to the last that has anything, those without anything too, so that the axis is time. */
function lastMonths(months) {
  const byName = new Map(months.map(month => [month.month, month]));
  const [year, month] = months.at(-1).month.split('-').map(Number);
  const names = Array.from({ length: MOST_MONTHS }, (_, back) => new Date(Date.UTC(year, month - MOST_MONTHS + back)).toISOString().slice(0, 7));
  const first = names.findIndex(name => byName.has(name));
  return names.slice(first).map(name => byName.get(name) ?? { month: name, outcomes: {}, median: null, p90: null });
}

const monthFormat = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });

const monthName = month => monthFormat.format(Date.parse(`${month}-01T00:00:00Z`));

function secondsOf(duration) {
  const [, hours, minutes, seconds] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration) ?? [];
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

/** The largest unit of which there are two, so that no number is below one and few are long. */
const unitFor = seconds => UNITS.find(([, length]) => seconds >= 2 * length) ?? UNITS.at(-1);

/** "5.3 hours": as exact as people want it. */
function spanOf(seconds) {
  const [unit, length] = unitFor(seconds);
  const amount = seconds / length;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: amount < 10 && length > 1 ? 1 : 0 }).format(amount);
}

/** The same of an ISO-8601 duration of hours, minutes and seconds. */
export const spanText = duration => spanOf(secondsOf(duration));
