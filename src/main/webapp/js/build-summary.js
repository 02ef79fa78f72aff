/**
 * Times on a build page, as people want them: "in 3 hours", and the exact moment in the reader's own zone on hover or beside it.
 * On its own, so that a build page loads nothing else; without it the server's words stay.
 */
const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]];
const REFRESH_MS = 30_000;

const language = document.documentElement.lang || undefined;
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat(language, {
  weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short',
});

function distance(milliseconds) {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size) ?? ['second', 1000];
  return relative.format(Math.round(milliseconds / length), unit);
}

function refresh() {
  for (const time of document.querySelectorAll('.ag-gate time')) {
    const at = Date.parse(time.dateTime);
    const off = distance(at - Date.now());
    const exact = absolute.format(at);
    const texts = { moment: [exact, off], both: [`${off} (${exact})`, exact] };
    [time.textContent, time.title] = texts[time.dataset.as] ?? [off, exact];
  }
}

refresh();
setInterval(() => document.hidden || refresh(), REFRESH_MS);
document.addEventListener('visibilitychange', () => document.hidden || refresh());
