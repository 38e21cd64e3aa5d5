import { pageKey, stepped, type PressedKey } from './hotkeys';

const pressed = (key: string, fields: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  ...fields,
});
const link = { tagName: 'A', isContentEditable: false };

describe('a key of a page', () => {
  it('counts wherever nothing is typed', () => {
    expect(pageKey(pressed('n'), null)).toBe('n');
    expect(pageKey(pressed('?'), link)).toBe('?');
  });

  it.each(['INPUT', 'TEXTAREA', 'SELECT'])('is a letter in %s', tagName => {
    expect(pageKey(pressed('n'), { ...link, tagName })).toBeUndefined();
  });

  it('is a letter in a text that is edited', () => {
    expect(pageKey(pressed('n'), { tagName: 'DIV', isContentEditable: true })).toBeUndefined();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'defaultPrevented'])('is somebody else’s with %s', field => {
    expect(pageKey(pressed('a', { [field]: true }), null)).toBeUndefined();
  });
});

it('steps through a row and stays at its ends', () => {
  expect([stepped(-1, 1, 3), stepped(0, 1, 3), stepped(2, 1, 3)]).toEqual([0, 1, 2]);
  expect([stepped(-1, -1, 3), stepped(2, -1, 3), stepped(0, -1, 3)]).toEqual([2, 1, 0]);
});
