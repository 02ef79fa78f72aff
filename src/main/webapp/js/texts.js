/**
 * The words of the pages, in the reader's language. They are in PageMessages.properties; the host's page brings them along in
 * the attribute data-texts of one of its elements: {"locale": "en", "texts": {"row.stage": "Stage {0}", …}}.
 */

const { locale: said = 'en', texts = {} } = JSON.parse(document.querySelector('[data-texts]')?.dataset.texts ?? '{}');

/** The language of the texts, which need not be the browser's own. */
export const locale = said;

/** The same as it is written where the reader is, such as en-GB for en: for dates. */
export const regional = navigator.languages.find(tag => tag.split('-')[0] === locale.split('-')[0]) ?? locale;

const rules = new Intl.PluralRules(locale);
const all = new Intl.ListFormat(locale, { type: 'conjunction' });
const either = new Intl.ListFormat(locale, { type: 'disjunction' });

/** What java.text.MessageFormat knows of, as far as our texts need it: {0}, and apostrophes that quote. */
const PLACES = /''|'([^']*)'?|\{(\d+)\}/g;

/**
 * A text whose places are filled with anything, such as elements: for `h()`.
 * @param {string} key
 * @param {...unknown} values for {0}, {1}, …
 * @returns {unknown[]}
 */
export function pieces(key, ...values) {
  const text = texts[key];
  if (text === undefined) {
    return [key]; // a text that is missing shall be seen to be missing
  }
  const found = [];
  let end = 0;
  for (const { 0: match, 1: quoted, 2: place, index } of text.matchAll(PLACES)) {
    found.push(text.slice(end, index), place ? values[place] : (quoted ?? "'"));
    end = index + match.length;
  }
  return [...found, text.slice(end)];
}

/** A text, its places filled. */
export const t = (key, ...values) => pieces(key, ...values).join('');

/** A text in the form that goes with a number, which is its {0}. */
export function plural(key, n, ...values) {
  const form = `${key}.${rules.select(n)}`;
  return t(form in texts ? form : `${key}.other`, n, ...values);
}

/** A text for a word of the API; the word of a newer server, which has no text yet, is better than none. */
export const wordFor = (key, word) => (key in texts ? t(key) : word);

/** "a, b, and c" */
export const list = items => all.format(items);

/** "a, b, or c" */
export const anyOf = items => either.format(items);

export const statusName = status => wordFor(`status.${status}`, status);

export const resultName = status => wordFor(`result.${status}`, String(status).toLowerCase());

export const eventName = type => wordFor(`event.${type}`, type);

export const lockName = mode => wordFor(`lock.${mode}`, mode);

/** The kind of another plugin's check has no name of ours: its word, `licenseScan`, as words. */
export const checkName = kind => wordFor(`check.${kind}`,
  kind.replace(/([a-z\d])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`).replace(/^./, first => first.toUpperCase()));

/** What an HTTP status means to the reader; 0 is no answer at all. */
export const httpErrorText = status => wordFor(`httpError.${status}`, t('httpError.other', status));

/** `team/app #12` */
export const buildName = ({ job, build }) => t('build.name', job, build);
