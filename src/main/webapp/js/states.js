/** Words of the API that mean something to more than one page. */

/** The status of a gate that is open. */
export const OPEN = 'WAITING';

/** Kinds of checks of time alone: they know for sure when they are fulfilled. */
export const TIMED = ['businessHours', 'changeFreeze', 'waitTimer', 'deferral'];
