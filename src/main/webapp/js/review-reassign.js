/** Giving one's place in the policy to somebody else. */
import { h } from './dom.js';
import { draftField, field, nextId } from './input-field.js';
import { button } from './parts.js';
import { sendingForm } from './review-form.js';
import { t } from './texts.js';

/**
 * @param {object} options
 * @param {ReturnType<import('./review-drafts.js').draftOf>} options.draft
 * @param {(body: {from?: string, to: string, comment: string}) => Promise<import('./review-form.js').Sent>} options.send
 */
export function reassigning({ draft, send }) {
  const select = h('select', { class: 'jenkins-select__input ag-input', 'data-testid': 'reassign-from' });
  const from = field(t('decision.reassignFrom'), select, { hint: t('decision.reassignFromHint') });
  const suggestions = h('datalist', { id: nextId() });
  const input = h('input', {
    type: 'text', class: 'jenkins-input ag-input', list: suggestions.id, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 200,
    'data-testid': 'reassign-to', on: { input: () => draft.set('to', input.value) },
  });
  input.value = draft.get('to') ?? '';
  const to = field(t('decision.reassignTo'), input, { hint: t('decision.reassignToHint'), hook: 'reassign-to-error', more: [suggestions] });
  const comment = draftField(t('decision.reassignComment'), 'reassignComment', draft, { testId: 'reassign-comment', hook: 'reassign-comment-error', rows: 2 });
  [to, comment].forEach(part => part.require(true));
  const go = button(t('decision.reassignGo'), { 'data-testid': 'reassign', on: { click: () => form.send(reassign) } });
  const form = sendingForm([go], h('p', {}, t('decision.reassignAbout')), from.element, to.element, comment.element);
  const element = h('details', { name: 'ag-more', 'data-testid': 'reassign-part' }, h('summary', {}, t('decision.reassign')), form.element);

  async function reassign() {
    // the later complaint has the focus: the first field that is wrong
    const lacking = [
      comment.complain(comment.text() ? '' : t('decision.reassignCommentMissing')),
      to.complain(to.text() ? '' : t('decision.reassignToMissing')),
    ];
    if (lacking.includes(true)) {
      return { recorded: false };
    }
    const several = select.options.length > 1;
    const sent = await send({ ...(several && { from: select.value }), to: to.text(), comment: comment.text() });
    if (sent.recorded) {
      draft.drop('to', 'reassignComment');
      input.value = comment.control.value = '';
      element.open = false;
    }
    return sent;
  }

  return {
    element,
    update({ you }) {
      element.hidden = !you.canReassign;
      from.element.hidden = you.entries.length < 2;
      fill(select, you.entries);
      fill(suggestions, you.reassignTo);
    },
  };
}

/** Leaves what is chosen alone as long as it is still offered. */
function fill(list, values) {
  const shown = [...list.children].map(({ value }) => value);
  if (shown.join('\n') !== values.join('\n')) {
    const chosen = list.value;
    list.replaceChildren(...values.map(value => h('option', { value }, list.tagName === 'SELECT' && value)));
    if (values.includes(chosen)) {
      list.value = chosen;
    }
  }
}
