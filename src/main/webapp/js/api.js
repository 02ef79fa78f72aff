/** The REST API as seen from a page: JSON in, JSON out, every failure an ApiError whose message can be shown. */
import { httpErrorText } from './texts.js';
import { setServerTime } from './time.js';

/** Enough for the lists of a page and the gates looked at in one sitting; past it we simply ask again in full. */
const MAX_REMEMBERED = 50;

export class ApiError extends Error {
  /**
   * @param {number} status HTTP status, 0 when there was no answer
   * @param {{code?: string, message?: string, outcome?: string}} [error] the body's `error`, where it had one
   */
  constructor(status, error = {}) {
    super(error.message || httpErrorText(status));
    this.status = status;
    this.code = error.code ?? '';
    this.outcome = error.outcome ?? null;
  }
}

export class Api {
  #base;
  /** URL → {etag, text, data}: what the server said last. */
  #last = new Map();

  /** @param {string} root context path, without a slash at its end */
  constructor(root) {
    this.#base = `${root}/approvals/rest/`;
  }

  /**
   * Reads. Returns the very same object as the last time when nothing changed, so that callers may compare with ===.
   * @param {string} path such as 'gates/42'
   * @param {Record<string, string|number|null>} [parameters] those that are null or '' are left out
   * @param {AbortSignal} [signal]
   */
  async get(path, parameters = {}, signal) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== ''));
    const url = `${this.#base}${path}${query.size ? `?${query}` : ''}`;
    const last = this.#last.get(url);
    const headers = last?.etag ? { 'If-None-Match': last.etag } : {};
    const response = await send(url, { headers, signal, cache: 'no-store' });
    if (response.status === 304 && last) {
      return last.data;
    }
    const text = await response.text();
    if (last?.text === text) {
      return last.data;
    }
    const data = parse(response, text);
    if (this.#last.size >= MAX_REMEMBERED) {
      this.#last.clear();
    }
    this.#last.set(url, { etag: response.headers.get('ETag'), text, data });
    return data;
  }

  /** Reads what is to be kept as a file. @returns {Promise<Blob>} */
  async file(path, parameters) {
    const response = await send(`${this.#base}${path}?${new URLSearchParams(parameters)}`, { headers: { Accept: '*/*' } });
    if (!response.ok || !response.headers.has('Content-Disposition')) {
      parse(response, await response.text()); // which says what is wrong
      throw new ApiError(502);
    }
    return response.blob();
  }

  /** Writes. Jenkins refuses a POST without its crumb unless an API token comes along. */
  async post(path, body) {
    const { crumbHeader, crumbValue } = document.head.dataset;
    const headers = { 'Content-Type': 'application/json', ...(crumbHeader && { [crumbHeader]: crumbValue }) };
    const response = await send(this.#base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return parse(response, await response.text());
  }
}

async function send(url, options) {
  const { authorization } = document.documentElement.dataset; // set by the preview's account picker, never by Jenkins
  const headers = { Accept: 'application/json', ...options.headers, ...(authorization && { Authorization: authorization }) };
  let response;
  try {
    response = await fetch(url, { ...options, headers });
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new ApiError(0);
  }
  setServerTime(response.headers);
  return response;
}

/** A proxy or an expired session answers with HTML: that becomes an ApiError too, never a SyntaxError. */
function parse(response, text) {
  let body = null;
  try {
    body = JSON.parse(text);
  } catch {
    // handled below
  }
  if (!response.ok || body === null) {
    throw new ApiError(response.ok ? 502 : response.status, body?.error);
  }
  return body;
}

/** The API's address of a gate; ids are made by the server, yet nothing is put into a path unescaped. */
export const gatePath = (id, action = '') => `gates/${encodeURIComponent(id)}${action && `/${action}`}`;

export const environmentPath = (name, action = '') => `environments/${encodeURIComponent(name)}${action && `/${action}`}`;
