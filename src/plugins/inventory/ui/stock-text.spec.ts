import {
  changeText,
  recountText,
  remaining,
  signed,
  stockState,
  thresholdText,
  typedThreshold,
} from './stock-text';
import type { RecountRow } from './stock.query';

describe('the texts of the Stock page', () => {
  it('says how a variant stands', () => {
    const state = (saleable: number, low: boolean, tracked = true) =>
      stockState({ saleable, low, tracked }).text;
    expect(state(5, false)).toBe('In stock');
    expect(state(5, true)).toBe('Low');
    expect(state(0, true)).toBe('Sold out, low');
    expect(state(-2, false)).toBe('Sold out');
    expect(state(0, false, false)).toBe('Not tracked');
  });

  it('tells a threshold of its own from the default', () => {
    expect(thresholdText({ threshold: 3, ownThreshold: true })).toBe('3');
    expect(thresholdText({ threshold: 3, ownThreshold: false })).toBe('3 (default)');
    expect(thresholdText({ threshold: null, ownThreshold: false })).toBe('not set');
  });

  it.each([
    ['', { threshold: null }],
    [' 12 ', { threshold: 12 }],
    ['0', { threshold: 0 }],
  ])('takes %j as a threshold', (text, typed) => expect(typedThreshold(text)).toEqual(typed));

  it.each(['-1', '1.5', 'many', '2147483648'])('does not take %j as a threshold', text =>
    expect(typedThreshold(text)).toHaveProperty('problem'),
  );

  it('writes what changed, and only that', () => {
    expect(changeText({ onHand: -2, allocated: -2, held: 0 })).toBe('on hand −2, allocated −2');
    expect(changeText({ onHand: 0, allocated: 0, held: 3 })).toBe('held +3');
    expect(changeText({ onHand: 0, allocated: 0, held: 0 })).toBe('nothing counted');
    expect(signed(0)).toBe('0');
  });

  it.each([
    [-5, 'over'],
    [0, 'over'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [7200, '2 hours'],
  ])('writes that %s seconds are left', (seconds, text) => {
    const now = new Date('2026-01-01T10:00:00Z');
    expect(remaining(new Date(now.getTime() + seconds * 1000).toISOString(), now)).toBe(text);
  });

  it('says whether levels agree with their movements', () => {
    const row = (differs: boolean) => ({ differs }) as RecountRow;
    expect(recountText([row(false), row(false)])).toMatchObject({ tone: 'success' });
    expect(recountText([row(true), row(false)])).toEqual({
      tone: 'error',
      text: '2 stock levels counted: 1 differs from the movements.',
    });
  });
});
