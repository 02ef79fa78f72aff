/** Gives the reader something to keep as a file. */
import { h } from './dom.js';

/** @param {string} name  @param {Blob} content */
export function save(name, content) {
  const href = URL.createObjectURL(content);
  h('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href)); // the browser has taken it by then
}
