/** The question to `explain`: about which build, by whom, when. Its values stand in the address, to be kept and sent on. */
import { h } from './dom.js';
import { button } from './parts.js';
import { t } from './texts.js';
import { serverNow } from './time.js';


const KINDS = ['branch', 'pullRequest', 'tag'];

/** In the address, in the order of the form. What calls others is not: no link shall make it happen. */
const IN_ADDRESS = ['job', 'kind', 'branch', 'user', 'at', 'requester', 'metrics'];

/**
 * @param {string} user who looks at the page: the first approver to ask about
 * @param {(question: object) => void} onAsk with what the API wants
 */
export function explainForm(user, onAsk) {
  const query = new URLSearchParams(location.search);
  const field = (name, attributes = {}) => h('input', {
    class: 'jenkins-input ag-input', id: `ag-explain-${name}`, name, autocomplete: 'off', spellcheck: 'false',
    'data-testid': `explain-${name}`, 'data-focus': `explain ${name}`, ...attributes,
  });
  const jobs = h('datalist', { id: 'ag-explain-jobs' });
  const branches = h('datalist', { id: 'ag-explain-branches' });
  const fields = {
    job: field('job', { required: true, list: jobs.id, 'aria-describedby': 'ag-explain-job-hint' }),
    kind: h('select', { class: 'jenkins-select__input ag-input', id: 'ag-explain-kind', name: 'kind', 'data-testid': 'explain-kind' },
      KINDS.map(value => h('option', { value }, t(`explain.kind.${value}`)))),
    branch: field('branch', { list: branches.id }),
    user: field('user'),
    at: field('at', { type: 'datetime-local', 'aria-describedby': 'ag-explain-at-hint' }),
    requester: field('requester'),
    metrics: h('textarea', {
      class: 'jenkins-input ag-input', id: 'ag-explain-metrics', name: 'metrics', rows: 3, 'data-testid': 'explain-metrics',
      'aria-describedby': 'ag-explain-metrics-hint', on: { input: () => fields.metrics.setCustomValidity('') },
    }),
  };
  const run = h('input', { type: 'checkbox', id: 'ag-explain-run', 'data-testid': 'explain-run', 'aria-describedby': 'ag-explain-run-hint' });
  const ask = button(t('explain.ask'), { primary: true, type: 'submit', 'data-testid': 'explain-button' });
  const time = timeField(fields.at, query.get('at'));

  fields.job.value = query.get('job') ?? '';
  fields.kind.value = KINDS.includes(query.get('kind')) ? query.get('kind') : KINDS[0];
  fields.branch.value = query.get('branch') ?? '';
  fields.user.value = query.get('user') ?? user;
  fields.requester.value = query.get('requester') ?? '';
  fields.metrics.value = query.get('metrics') ?? '';

  const form = h('form', { class: 'ag-form', 'data-testid': 'explain', on: { submit } },
    h('div', { class: 'ag-fields' },
      labelled(t('explain.job'), fields.job, hint('job', t('explain.jobHint')), jobs),
      labelled(t('explain.kind'), fields.kind),
      labelled(t('explain.branch'), fields.branch, branches),
      labelled(t('explain.user'), fields.user),
      labelled(t('explain.at'), fields.at, h('div', { class: 'ag-inline' }, hint('at', t('explain.atHint', zone())), time.nowButton))),
    h('details', { open: Boolean(fields.requester.value || fields.metrics.value) },
      h('summary', {}, t('explain.more')),
      h('div', { class: 'ag-fields' },
        labelled(t('explain.requester'), fields.requester),
        labelled(t('explain.metrics'), fields.metrics, hint('metrics', t('explain.metricsHint'))))),
    h('div', {}, h('div', { class: 'jenkins-checkbox ag-checkbox' }, run, h('label', { for: run.id }, t('explain.run'))), hint('run', t('explain.runHint'))),
    h('div', { class: 'ag-buttons' }, ask));

  function submit(event) {
    event?.preventDefault();
    const metrics = readMetrics(fields.metrics);
    if (!form.reportValidity()) {
      return;
    }
    const values = {
      job: fields.job.value.trim(), kind: fields.kind.value, branch: fields.branch.value.trim(), user: fields.user.value.trim(),
      at: time.value(), requester: fields.requester.value.trim(), metrics: fields.metrics.value.trim(),
    };
    remember(values);
    const { user: approver, at, requester } = values;
    onAsk({
      job: values.job, kind: values.kind, branch: values.branch, ...(approver && { user: approver }), ...(at && { at }),
      ...(requester && { requester }), ...(metrics && { metrics }), ...(run.checked && { runChecks: true }),
    });
  }

  return {
    element: form,
    /** Asks what the address asks, if it does. */
    start() {
      time.refresh(); // the server's time is known by now
      if (fields.job.value && query.has('job')) {
        submit();
      }
    },
    busy(yes) {
      ask.disabled = yes;
      form.setAttribute('aria-busy', yes);
    },
    /** Names that the reader may want; the only job that there is stands there already. @param {import('./shapes.js').GateRow[]} gates */
    suggest(gates) {
      const offer = (list, names) => list.replaceChildren(...[...new Set(names.filter(Boolean))].map(value => h('option', { value })));
      offer(jobs, gates.map(({ job }) => job));
      offer(branches, gates.map(({ branch }) => branch));
      if (jobs.children.length === 1 && !fields.job.value && document.activeElement !== fields.job) {
        fields.job.value = jobs.firstChild.value;
      }
    },
  };
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

const hint = (name, text) => h('p', { class: 'ag-quiet ag-hint', id: `ag-explain-${name}-hint` }, text);

function labelled(text, control, ...more) {
  const shown = control.tagName === 'SELECT' ? h('div', { class: 'jenkins-select' }, control) : control;
  return h('div', { class: 'ag-field' }, h('label', { for: control.id }, text), shown, more);
}

/** A moment on this computer's clock face. As long as nobody chose one, it is now, whenever that is asked. */
function timeField(input, chosen) {
  let own = Boolean(chosen) && !Number.isNaN(Date.parse(chosen));
  const show = instant => { input.value = localValue(instant); };
  const nowButton = button(t('explain.now'), { hidden: !own, on: { click: now } });
  function now() {
    own = false;
    nowButton.hidden = true;
    show(serverNow());
    input.focus();
  }
  input.addEventListener('input', () => {
    own = input.value !== '';
    nowButton.hidden = !own;
  });
  show(own ? new Date(chosen) : serverNow());
  const refresh = () => own || show(serverNow());
  return {
    nowButton,
    refresh,
    value() {
      refresh();
      return own ? new Date(input.value).toISOString() : '';
    },
  };
}

function localValue(date) {
  const two = n => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `name = value` a line; null for none. A line that is none makes the field invalid. */
function readMetrics(textarea) {
  const lines = textarea.value.split('\n').map(line => line.trim()).filter(Boolean);
  const parsed = lines.map(line => /^([^=:]+?)\s*[=:]\s*(.+)$/.exec(line));
  const bad = parsed.findIndex(match => !match);
  textarea.setCustomValidity(bad < 0 ? '' : t('explain.badMetric', lines[bad]));
  textarea.closest('details').open ||= bad >= 0;
  const value = text => (/^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text) ? Number(text) : text);
  return bad < 0 && lines.length > 0 ? Object.fromEntries(parsed.map(([, name, text]) => [name, value(text)])) : null;
}

function remember(values) {
  const address = new URL(location.href);
  for (const name of IN_ADDRESS) {
    values[name] ? address.searchParams.set(name, values[name]) : address.searchParams.delete(name);
  }
  history.replaceState(history.state, '', address);
}
