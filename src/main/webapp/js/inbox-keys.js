/** The inbox by the keyboard alone. Keys without Ctrl, Alt or the like do nothing while somebody writes, and can be switched off. */

const OFF = 'approval-gate-keys-off';

export const keysAreOn = () => localStorage.getItem(OFF) === null;

export const switchKeys = on => (on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 'true'));

const review = row => row.querySelector('[data-testid=review-button]').click();

const pick = row => row.querySelector('[data-testid=pick]')?.click();

/**
 * @param {HTMLElement} page
 * @param {{onFilter(): void, onHelp(): void}} listeners
 */
export function inboxKeys(page, { onFilter, onHelp }) {
  let last = 0;

  const rows = () => [...page.querySelectorAll('[data-testid=gate-row]')].filter(row => row.checkVisibility());

  const current = all => all.findIndex(row => row.contains(document.activeElement));

  function move(by) {
    const all = rows();
    const at = current(all);
    // where the last one was that is gone now, its successor is
    const next = at < 0 ? Math.min(last, all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    if (next >= 0) {
      last = next;
      all[next].focus();
      all[next].scrollIntoView({ block: 'nearest' });
    }
  }

  /** @returns {false|void} false for a key that means nothing here */
  function act(key, row, onRow) {
    switch (key) {
      case 'j': case 'k':
        return move(key === 'j' ? 1 : -1);
      case 'ArrowDown': case 'ArrowUp':
        return row ? move(key === 'ArrowDown' ? 1 : -1) : false; // else the page scrolls
      case 'Enter':
        return onRow ? review(row) : false; // a link or a button in it knows what to do
      case ' ': case 'x':
        return row && (key === 'x' || onRow) ? pick(row) : false;
      case '/':
        return onFilter();
      case '?':
        return onHelp();
      default:
        return false;
    }
  }

  function pressed(event) {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isWriting(target) || document.querySelector('dialog[open]')) {
      return;
    }
    const all = rows();
    const row = all[current(all)];
    if (row) {
      last = all.indexOf(row);
    }
    if ((key.length > 1 || key === ' ' || keysAreOn()) && act(key, row, row === target) !== false) {
      event.preventDefault();
    }
  }

  return {
    start: () => document.addEventListener('keydown', pressed),
    stop: () => document.removeEventListener('keydown', pressed),
  };
}

const isWriting = element => element.isContentEditable
  || element.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])');
