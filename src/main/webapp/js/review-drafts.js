/**
 * What was typed into a review and not sent yet. Closing the dialog, or having to sign in again, must not cost it: it stays
 * in this tab until it is sent or somebody else takes over.
 */

const PREFIX = 'approval-gate-draft';

/** For browsers that keep nothing, as some do in private windows. */
const kept = new Map();

function storage() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function read(key) {
  try {
    return JSON.parse(storage()?.getItem(key) ?? 'null') ?? {};
  } catch {
    return {};
  }
}

/**
 * The draft of one person for one gate: names and what stands there. Nobody else is shown it.
 * @returns {{get(name: string): unknown, set(name: string, value: unknown): void, drop(...names: string[]): void}}
 */
export function draftOf(user, gateId) {
  const key = [PREFIX, user, gateId].join(' ');
  const values = kept.get(key) ?? read(key);
  kept.set(key, values);
  const save = () => {
    try {
      storage()?.setItem(key, JSON.stringify(values));
    } catch {
      // full, or not allowed: `kept` has it as long as the page is open
    }
  };
  return {
    get: name => values[name],
    set(name, value) {
      values[name] = value;
      save();
    },
    drop(...names) {
      names.forEach(name => delete values[name]);
      save();
    },
  };
}

/** Forgets what was typed: it belongs to whoever typed it. */
export function forgetDrafts() {
  kept.clear();
  try {
    Object.keys(storage() ?? {}).filter(key => key.startsWith(PREFIX)).forEach(key => storage().removeItem(key));
  } catch {
    // then there is nothing to forget
  }
}
