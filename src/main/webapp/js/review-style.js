/** The styles of a review: no list has to load them. They are there when this module is. */
import { h } from './dom.js';

const href = new URL('../css/review.css', import.meta.url).href;

if (!document.head.querySelector(`link[href="${href}"]`)) {
  // a review without its styles is better than none
  await new Promise(done => document.head.append(h('link', { rel: 'stylesheet', href, on: { load: done, error: done } })));
}
