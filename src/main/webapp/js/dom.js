/**
 * Building DOM without HTML strings. What people typed (names, comments, messages) only ever becomes a text node or an
 * attribute, so there is nothing to escape and nothing to forget.
 */

/**
 * h('button', { class: 'ag-button', type: 'button', on: { click: save } }, 'Save')
 *
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] null, undefined and false leave one out, true sets it empty; `on` takes
 *     listeners; `style` and `on…` are refused, the content security policy would drop them silently
 * @param {...(Node|string|number|null|false|undefined|Array)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      Object.entries(value).forEach(([type, listener]) => element.addEventListener(type, listener));
    } else if (name === 'style' || /^on/i.test(name)) {
      throw new Error(`Not allowed by the content security policy: ${name}`);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...nodes(children));
  return element;
}

/** Children as `append` wants them: flat, and without the ones that a condition left out. */
export function nodes(children) {
  return [children].flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== '');
}

/**
 * The address if a browser may be sent there, else null: http, https, or relative to `base`. `javascript:` and its kin
 * are what this is for; the URL parser sees through tabs, newlines and case.
 */
export function safeUrl(address, base = document.baseURI) {
  try {
    const url = new URL(address, new URL(base, document.baseURI));
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to where a safe address leads; plain text, with the address to read, where it does not. */
export function link(text, address, { base, newTab = false, ...attributes } = {}) {
  const href = address ? safeUrl(address, base) : null;
  if (!href) {
    return h('span', {}, address && address !== text ? `${text} (${address})` : text);
  }
  const tab = newTab ? { target: '_blank', rel: 'noopener noreferrer' } : {};
  return h('a', { href, 'data-focus': href, ...tab, ...attributes }, text);
}

/**
 * Makes a change to what is in `container` without the keyboard user losing their place: if the focused element is moved
 * or replaced by one with the same data-focus, the focus goes there.
 */
export function keepFocus(container, change) {
  const before = container.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (before && document.activeElement !== before) {
    const key = before.dataset.focus;
    const after = before.isConnected ? before : key && container.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    after?.focus({ preventScroll: true });
  }
}

/**
 * A part of a page that follows a changing value, drawn again only when its own share of the value changed: so a
 * selection, an opened <details> or the focus elsewhere stay as they are.
 *
 * @template T
 * @param {(value: T) => unknown} share what the drawing depends on
 * @param {(value: T) => (Node|string|null|Array)} draw
 * @returns {{element: HTMLElement, update(value: T): void}}
 */
export function live(share, draw) {
  const element = h('div', { class: 'ag-part' });
  let shown;
  return {
    element,
    update(value) {
      const version = JSON.stringify(share(value)) ?? '';
      if (version !== shown) {
        shown = version;
        keepFocus(element, () => element.replaceChildren(...nodes(draw(value))));
      }
    },
  };
}
