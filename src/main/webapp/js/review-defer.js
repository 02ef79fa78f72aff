/** Approving with effect from later on: until then the gate stays shut, unless others open it. */
import { h } from './dom.js';
import { field } from './input-field.js';
import { button } from './parts.js';
import { sendingForm } from './review-form.js';
import { locale, t } from './texts.js';
import { absoluteText, relativeText, serverNow } from './time.js';

const SOON_MS = 15 * 60_000;

/**
 * @param {object} options
 * @param {ReturnType<import('./review-drafts.js').draftOf>} options.draft
 * @param {(until: string) => Promise<import('./review-form.js').Sent>} options.send with the rest of the reader's approval
 */
export function deferring({ draft, send }) {
  let gate;
  const said = h('p', { class: 'ag-quiet', role: 'status' });
  const presets = h('div', { class: 'ag-presets', role: 'group', 'aria-label': t('decision.presets') });
  const control = h('input', { type: 'datetime-local', class: 'jenkins-input ag-input', 'data-testid': 'until', on: { input: changed } });
  control.value = draft.get('until') ?? '';
  const until = field(t('decision.until'), control, { hook: 'until-error', hint: t('decision.untilHint', zone()), more: [said, presets] });
  const go = button(t('decision.deferGo'), { 'data-testid': 'defer', on: { click: () => form.send(defer) } });
  const form = sendingForm([go], h('p', {}, t('decision.deferAbout')), until.element);
  const element = h('details', { name: 'ag-more', 'data-testid': 'defer-part', on: { toggle: () => element.open && offer() } },
    h('summary', {}, t('decision.defer')), form.element);

  function changed() {
    draft.set('until', control.value);
    until.complain('');
    const at = instant();
    said.textContent = at ? t('decision.untilSays', absoluteText(at), relativeText(at)) : '';
  }

  const instant = () => (control.value ? new Date(control.value).toISOString() : '');

  /** When it is opened: they go by the time of day. */
  function offer() {
    control.min = local(serverNow());
    control.max = local(new Date(gate.deadline));
    presets.replaceChildren(...times(serverNow(), new Date(gate.deadline)).map(({ text, at }) => button(text, {
      'data-testid': 'preset', 'data-at': at.toISOString(), on: { click: () => { control.value = local(at); changed(); } },
    })));
    changed();
  }

  async function defer() {
    const at = instant();
    const problem = !at ? t('decision.untilMissing')
      : Date.parse(at) <= serverNow() ? t('decision.untilPast')
        : Date.parse(at) >= Date.parse(gate.deadline) ? t('decision.untilLate', absoluteText(gate.deadline)) : '';
    if (until.complain(problem)) {
      return { recorded: false };
    }
    const sent = await send(at);
    if (sent.recorded) {
      draft.drop('until');
      control.value = '';
      element.open = false;
    }
    return sent;
  }

  return {
    element,
    update(now) {
      gate = now;
      element.hidden = !gate.you.canDefer;
    },
  };
}

const zone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** As the field wants it: the reader's own time, without a zone. */
function local(date) {
  const two = number => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Times that people mean when they say later, as far as they come before the gate's own end. */
function times(now, deadline) {
  const at = (days, hour) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const tonight = at(0, 20);
  const tomorrow = at(1, 9);
  const monday = at((8 - now.getDay()) % 7 || 7, 9);
  return [
    { text: t('decision.tonight', clock.format(tonight)), at: tonight },
    { text: t('decision.tomorrow', clock.format(tomorrow)), at: tomorrow },
    ...(monday > tomorrow ? [{ text: day.format(monday), at: monday }] : []),
  ].filter(({ at: time }) => time - now > SOON_MS && time < deadline);
}
