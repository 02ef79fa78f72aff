/** Fields of a form: each with its label, what is said about it, and what is wrong with it. */
import { h } from './dom.js';

let count = 0;

export const nextId = () => `ag-field-${++count}`;

/**
 * A control with its label, a hint, and room for what is wrong with what stands in it.
 *
 * @param {string} label
 * @param {HTMLInputElement|HTMLTextAreaElement|HTMLSelectElement} control
 * @param {object} [options]
 * @param {string} [options.hint]
 * @param {string} [options.hook] the data-testid of what is wrong
 * @param {(string|Node)[]} [options.more] after the control
 */
export function field(label, control, { hint = '', hook, more = [] } = {}) {
  control.id ||= nextId();
  const about = h('p', { class: 'ag-quiet', id: `${control.id}-hint` }, hint);
  const error = h('p', { class: 'ag-error', id: `${control.id}-error`, 'data-testid': hook });
  control.setAttribute('aria-describedby', `${about.id} ${error.id}`);
  const shown = control.tagName === 'SELECT' ? h('div', { class: 'jenkins-select' }, control) : control;

  /** @param {string} problem '' when there is none; else the focus goes there, where it is read */
  function complain(problem) {
    error.textContent = problem;
    if (problem) {
      control.setAttribute('aria-invalid', 'true');
      control.focus();
    } else {
      control.removeAttribute('aria-invalid');
    }
    return Boolean(problem);
  }
  control.addEventListener('input', () => control.value.trim() && complain(''));
  return {
    element: h('div', { class: 'ag-field' }, h('label', { for: control.id }, label), about, shown, more, error),
    control,
    about,
    complain,
    text: () => control.value.trim(),
    /** Whether the field may stay empty; said to screen readers, the hint says it to the rest. */
    require: yes => (yes ? control.setAttribute('aria-required', 'true') : control.removeAttribute('aria-required')),
  };
}

const MAX_COMMENT = 10_000; // what the server accepts

/** A text of several lines that is kept as a draft. @param {{get(n: string): unknown, set(n: string, v: unknown): void}} draft */
export function draftField(label, name, draft, { testId, rows = 3, ...options }) {
  const control = h('textarea', {
    class: 'jenkins-input ag-input', rows, maxlength: MAX_COMMENT, 'data-testid': testId, on: { input: () => draft.set(name, control.value) },
  });
  control.value = draft.get(name) ?? '';
  return field(label, control, options);
}

/** A box to tick, with its label. */
export function tick(text, description = '') {
  const id = nextId();
  const about = description && h('p', { class: 'ag-quiet', id: `${id}-hint` }, description);
  const box = h('input', { type: 'checkbox', id, 'aria-describedby': about && about.id });
  const line = h('div', { class: 'jenkins-checkbox ag-checkbox' }, box, h('label', { for: id }, text));
  return { box, element: about ? h('div', { class: 'ag-field' }, line, about) : line };
}

const CONTROLS = {
  string: attributes => h('input', { type: 'text', ...attributes }),
  text: attributes => h('textarea', { rows: 3, ...attributes }),
  choice: (attributes, { choices = [] }) => h('select', { ...attributes, class: 'jenkins-select__input ag-input' }, choices.map(choice => h('option', { value: choice }, choice))),
};

/**
 * One value that the pipeline asks the approver for.
 *
 * @param {import('./shapes.js').Input} input
 * @param {string|boolean} [typed] what stood there before
 * @returns {{name: string, element: HTMLElement, value(): string|boolean}}
 */
export function inputField(input, typed) {
  const { name, kind, description } = input;
  const value = typed ?? input.default;
  if (kind === 'boolean') {
    const { box, element } = tick(name, description ?? '');
    box.checked = value === true || value === 'true';
    return { name, element, value: () => box.checked };
  }
  const control = (CONTROLS[kind] ?? CONTROLS.string)({ class: 'jenkins-input ag-input' }, input);
  if (kind !== 'choice' || input.choices.includes(value)) {
    control.value = value ?? ''; // a choice without a default is its first
  }
  return { name, element: field(name, control, { hint: description ?? '' }).element, value: () => control.value };
}
