/** What is searched for in the audit. It lives in the address, so that a search can be bookmarked and sent to a colleague. */
import { h } from './dom.js';
import { button } from './parts.js';
import { eventName, statusName, t } from './texts.js';

const TYPING_PAUSE_MS = 300;
const TYPES = [
  'requested', 'approved', 'deferred', 'withdrawn', 'rejected', 'reassigned', 'bypassed', 'closed', 'checkEvaluated', 'callbackIssued',
  'callbackAnswered', 'callbackRefused', 'locked', 'released', 'reminded', 'escalated', 'restored', 'refused', 'reviewed', 'finding',
  'environmentChanged', 'settingsChanged', 'exported', 'anchored', 'pruned', 'tornTailCut', 'damageFound',
];
const OUTCOMES = ['APPROVED', 'AUTO_APPROVED', 'BYPASSED', 'REJECTED', 'CHECK_FAILED', 'TIMED_OUT', 'CANCELLED', 'SUPERSEDED'];

/** The fields in their order, and how each is filled in. `to` and `from` are times; the address and the API have them in UTC. */
const FIELDS = { q: 'search', environment: 'select', job: 'search', build: 'number', actor: 'search', type: 'select', outcome: 'select', from: 'time', to: 'time' };

/** @param {() => void} onChange */
export function auditFilter(onChange) {
  const fields = Object.fromEntries(Object.entries(FIELDS).map(([name, kind]) => [name, field(name, kind, typed, changed)]));
  const clearButton = button(t('inbox.clearFilter'), { class: 'ag-clear', 'data-testid': 'audit-clear', on: { click: clear } });
  let typing = null;

  /** What the API wants; empty for what does not matter. */
  const values = () => Object.fromEntries(Object.entries(FIELDS).map(([name, kind]) => [
    name, kind === 'time' ? instant(fields[name].value) : fields[name].value.trim(),
  ]));

  const isActive = () => Object.values(values()).some(Boolean);

  /** What the address has and the list does not stays choosable, else the filter would lie. */
  function offer(name, words, titleOf, chosen) {
    const all = [...new Set([...words, ...(chosen ? [chosen] : [])])];
    const options = all.map(word => [word, titleOf(word)]).sort(([, a], [, b]) => a.localeCompare(b));
    fields[name].replaceChildren(h('option', { value: '' }, t('audit.any')), ...options.map(([value, title]) => h('option', { value }, title)));
    fields[name].value = chosen;
  }

  function read() {
    const query = new URLSearchParams(location.search);
    offer('environment', [], name => name, query.get('environment') ?? '');
    offer('type', TYPES, typeTitle, query.get('type') ?? '');
    offer('outcome', OUTCOMES, statusName, query.get('outcome') ?? '');
    Object.entries(FIELDS).filter(([, kind]) => kind !== 'select').forEach(([name, kind]) => {
      const value = query.get(name) ?? '';
      fields[name].value = kind === 'time' ? local(value) : value;
    });
  }

  function typed() {
    clearTimeout(typing);
    typing = setTimeout(changed, TYPING_PAUSE_MS);
  }

  function changed() {
    clearTimeout(typing);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(values())) {
      value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    }
    history.replaceState(history.state, '', address);
    clearButton.hidden = !isActive();
    onChange();
  }

  function clear() {
    Object.values(fields).forEach(one => { one.value = ''; });
    fields.q.focus();
    changed();
  }

  read();
  clearButton.hidden = !isActive();
  return {
    element: h('search', { class: 'ag-filter ag-audit-filter', 'aria-label': t('audit.filter') },
      Object.keys(FIELDS).map(name => h('div', {}, h('label', { for: fields[name].id }, t(`audit.filter.${name}`)),
        FIELDS[name] === 'select' ? h('div', { class: 'jenkins-select' }, fields[name]) : fields[name])),
      clearButton),
    values,
    isActive,
    offerEnvironments: names => offer('environment', names, name => name, fields.environment.value),
  };
}

function field(name, kind, typed, changed) {
  const attributes = { id: `ag-audit-${name}`, 'data-testid': `audit-${name}` };
  if (kind === 'select') {
    return h('select', { ...attributes, class: 'jenkins-select__input ag-input', on: { change: changed } });
  }
  const type = kind === 'time' ? { type: 'datetime-local' } : kind === 'number' ? { type: 'number', min: 1 } : { type: 'search', autocomplete: 'off', spellcheck: 'false' };
  return h('input', { ...attributes, ...type, class: 'jenkins-input ag-input', on: { input: typed } });
}

/** The words of a kind of event begin a sentence here. */
const typeTitle = type => eventName(type).replace(/^./, first => first.toUpperCase());

const instant = text => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : '');

/** A time of the address as the field has it: in the reader's time zone, without it. */
function local(text) {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    return '';
  }
  const at = new Date(time);
  return new Date(time - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
