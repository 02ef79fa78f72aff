/** Fields to filter by. Their values live in the address, so that what is shown can be bookmarked and sent to a colleague. */
import { h } from './dom.js';
import { button } from './parts.js';
import { t } from './texts.js';

const TYPING_PAUSE_MS = 300;
const TYPES = {
  search: { type: 'search', autocomplete: 'off', spellcheck: 'false' },
  number: { type: 'number', min: 1 },
  time: { type: 'datetime-local' },
};

/**
 * @typedef {object} Field
 * @property {string} name in the address; the rest is for those who read
 * @property {string} title
 * @property {'select'|'search'|'number'|'time'} kind a number is from 1 on; of times the address has them in UTC
 * @property {[string, string][]} [options] of a select: values and their titles, the first of which is the usual
 */

/**
 * @param {string} page before the names that tests take hold of
 * @param {string} label
 * @param {Field[]} fields
 * @param {() => void} onChange
 */
export function addressFilter(page, label, fields, onChange) {
  const inputs = Object.fromEntries(fields.map(field => [field.name, input(page, field, typed, changed)]));
  const clearButton = button(t('inbox.clearFilter'), { class: 'ag-clear', 'data-testid': `${page}-clear`, on: { click: clear } });
  let typing = null;

  const values = () => Object.fromEntries(fields.map(({ name, kind }) => [name, kind === 'time' ? instant(inputs[name].value) : inputs[name].value.trim()]));
  const usual = ({ kind, options }) => (kind === 'select' ? options[0]?.[0] ?? '' : '');
  const isActive = () => fields.some(field => values()[field.name] !== usual(field));

  /** What the address has and the list does not stays choosable, else the filter would lie. */
  function offer(field, options, chosen) {
    const known = options.some(([value]) => value === chosen);
    inputs[field.name].replaceChildren(...[...options, ...(known ? [] : [[chosen, chosen]])].map(([value, title]) => h('option', { value }, title)));
    inputs[field.name].value = chosen;
  }

  function typed() {
    clearTimeout(typing);
    typing = setTimeout(changed, TYPING_PAUSE_MS);
  }

  function changed() {
    clearTimeout(typing);
    const address = new URL(location.href);
    const now = values();
    fields.forEach(field => {
      const value = now[field.name];
      value !== usual(field) ? address.searchParams.set(field.name, value) : address.searchParams.delete(field.name);
    });
    history.replaceState(history.state, '', address);
    clearButton.hidden = !isActive();
    onChange();
  }

  function clear() {
    fields.forEach(field => { inputs[field.name].value = usual(field); });
    inputs[fields[0].name].focus();
    changed();
  }

  const query = new URLSearchParams(location.search);
  fields.forEach(field => {
    const said = query.get(field.name) ?? usual(field);
    if (field.kind === 'select') {
      offer(field, field.options, said);
    } else {
      inputs[field.name].value = field.kind === 'time' ? local(said) : said;
    }
  });
  clearButton.hidden = !isActive();
  return {
    element: h('search', { class: 'ag-filter ag-address-filter', 'aria-label': label },
      fields.map(({ name, title, kind }) => h('div', {}, h('label', { for: inputs[name].id }, title),
        kind === 'select' ? h('div', { class: 'jenkins-select' }, inputs[name]) : inputs[name])),
      clearButton),
    values,
    isActive,
    /** More to choose from, behind what there is. */
    offer(name, options) {
      const field = fields.find(one => one.name === name);
      field.options = [...field.options.slice(0, 1), ...options];
      offer(field, field.options, inputs[name].value);
    },
  };
}

function input(page, { name, kind }, typed, changed) {
  const attributes = { id: `ag-${page}-${name}`, 'data-testid': `${page}-${name}` };
  if (kind === 'select') {
    return h('select', { ...attributes, class: 'jenkins-select__input ag-input', on: { change: changed } });
  }
  return h('input', { ...attributes, ...TYPES[kind], class: 'jenkins-input ag-input', on: { input: typed } });
}

const instant = text => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : '');

/** A time of the address as the field has it: in the reader's time zone, without it. */
function local(text) {
  const time = Date.parse(text);
  return Number.isNaN(time) ? '' : new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
