/** Which key of a page was pressed: numbers and texts only, so that it can be tested without a browser. */

export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** Whether somebody has acted on it already. */
  defaultPrevented: boolean;
}

/** What has the focus. */
export interface Focused {
  tagName: string;
  isContentEditable: boolean;
}

const TYPING = ['INPUT', 'TEXTAREA', 'SELECT'];

/**
 * The name of the key, or nothing where it is meant for something else: what is typed into a field, and what the
 * browser or the operating system does by Ctrl, Alt or Meta.
 */
export function pageKey(pressed: PressedKey, focused: Focused | null): string | undefined {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.defaultPrevented) return undefined;
  if (focused !== null && (focused.isContentEditable || TYPING.includes(focused.tagName))) return undefined;
  return pressed.key;
}

/** The place that is so many further in a row of `count`; it stays at the ends. From nowhere it goes to the first or last. */
export function stepped(index: number, by: number, count: number): number {
  if (index < 0) return by > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, index + by));
}
