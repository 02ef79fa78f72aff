/** Style sheets that only a part of the pages needs. */
import { h } from './dom.js';

/**
 * @param {string} name of a file in css/, without .css
 * @returns {Promise<void>} fulfilled when it is there; also when it cannot be had, since a page without its styles is better than none
 */
export function style(name) {
  const href = new URL(`../css/${name}.css`, import.meta.url).href;
  return new Promise(done => (document.head.querySelector(`link[href="${CSS.escape(href)}"]`)
    ? done()
    : document.head.append(h('link', { rel: 'stylesheet', href, on: { load: () => done(), error: () => done() } }))));
}
