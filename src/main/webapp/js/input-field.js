/** One value that the pipeline asks the approver for. */
import { h } from './dom.js';

const CONTROLS = {
  string: ({ default: preset }, attributes) => withValue(h('input', { type: 'text', class: 'jenkins-input ag-input', ...attributes }), preset),
  text: ({ default: preset }, attributes) => withValue(h('textarea', { rows: 3, class: 'jenkins-input ag-input', ...attributes }), preset),
  choice: ({ default: preset, choices = [] }, attributes) => {
    const select = h('select', { class: 'jenkins-select__input ag-input', ...attributes }, choices.map(choice => h('option', { value: choice }, choice)));
    return withValue(select, preset ?? choices[0]);
  },
  boolean: ({ default: preset }, attributes) => {
    const box = h('input', { type: 'checkbox', ...attributes });
    box.checked = preset === true || preset === 'true';
    return box;
  },
};

let count = 0;

function withValue(control, value) {
  control.value = value ?? '';
  return control;
}

/**
 * @param {import('./shapes.js').Input} input
 * @returns {{name: string, element: HTMLElement, value(): string|boolean}}
 */
export function inputField(input) {
  const id = `ag-input-${++count}`;
  const described = input.description ? `${id}-about` : null;
  const control = (CONTROLS[input.kind] ?? CONTROLS.string)(input, { id, 'aria-describedby': described });
  const label = h('label', { for: id }, input.name);
  const about = described && h('p', { class: 'ag-quiet', id: described }, input.description);
  const ticked = control.type === 'checkbox';
  const element = ticked
    ? h('div', { class: 'ag-field' }, h('div', { class: 'jenkins-checkbox ag-checkbox' }, control, label), about)
    : h('div', { class: 'ag-field' }, label, about, control.tagName === 'SELECT' ? h('div', { class: 'jenkins-select' }, control) : control);
  return { name: input.name, element, value: () => (ticked ? control.checked : control.value) };
}
