import * as fc from 'fast-check';
import {
  isEmpty,
  watchChanges,
  type WatchChanges,
  type WatchedLocation,
  type WatchedVariant,
} from './stock-watch';

const at = (onHand: number, more: Partial<WatchedLocation> = {}): WatchedLocation => ({
  locationId: '1',
  onHand,
  allocated: 0,
  lowThreshold: 5,
  toldLow: false,
  channels: ['c'],
  ...more,
});

const of = (locations: WatchedLocation[], more: Partial<WatchedVariant> = {}): WatchedVariant => ({
  variantId: 'v',
  tracked: true,
  threshold: 0,
  deleted: false,
  channels: ['c'],
  soldOutIn: [],
  locations,
  ...more,
});

/** What is remembered after the changes were told. */
function after(variant: WatchedVariant, changes: WatchChanges): WatchedVariant {
  const gone = [...changes.forgotten, ...changes.backIn.map(({ channelId }) => channelId)];
  return {
    ...variant,
    soldOutIn: [...variant.soldOutIn.filter(id => !gone.includes(id)), ...changes.soldOut],
    locations: variant.locations.map(location => ({
      ...location,
      toldLow: location.toldLow
        ? !changes.recovered.includes(location.locationId)
        : changes.low.some(({ locationId }) => locationId === location.locationId),
    })),
  };
}

describe('low stock', () => {
  it('is told at the threshold, with what is allocated counted as gone', () => {
    expect(watchChanges(of([at(6)])).low).toEqual([]);
    expect(watchChanges(of([at(5)])).low).toEqual([{ locationId: '1', saleable: 5, threshold: 5 }]);
    expect(watchChanges(of([at(9, { allocated: 4 })])).low).toHaveLength(1);
  });

  it('is told once, and again only after it has recovered', () => {
    const told = at(3, { toldLow: true });
    expect(isEmpty(watchChanges(of([told])))).toBe(true);
    expect(watchChanges(of([{ ...told, onHand: 6 }])).recovered).toEqual(['1']);
  });

  it('is not told where nobody asked, nor of variants without tracking', () => {
    expect(watchChanges(of([at(1, { lowThreshold: null })])).low).toEqual([]);
    expect(watchChanges(of([at(1)], { tracked: false })).low).toEqual([]);
    expect(watchChanges(of([at(1, { lowThreshold: null, toldLow: true })])).recovered).toEqual(['1']);
  });
});

describe('back in stock', () => {
  it('is told of a channel that could sell nothing and now can', () => {
    expect(watchChanges(of([at(0)])).soldOut).toEqual(['c']);
    expect(watchChanges(of([at(2)], { soldOutIn: ['c'] })).backIn).toEqual([{ channelId: 'c', saleable: 2 }]);
    expect(watchChanges(of([at(2)])).backIn).toEqual([]);
  });

  it('counts only the locations of the channel, and what must stay unsold', () => {
    const elsewhere = at(9, { locationId: '2', channels: ['d'] });
    expect(watchChanges(of([at(0), elsewhere])).soldOut).toEqual(['c']);
    expect(watchChanges(of([at(3)], { threshold: 3 })).soldOut).toEqual(['c']);
    // What may be sold ahead can be had.
    expect(watchChanges(of([at(0)], { threshold: -1 })).soldOut).toEqual([]);
    expect(watchChanges(of([])).soldOut).toEqual(['c']);
  });

  it('is told of a variant that is not tracked any more, without a number', () => {
    expect(watchChanges(of([at(0)], { tracked: false, soldOutIn: ['c'] })).backIn).toEqual([
      { channelId: 'c', saleable: null },
    ]);
  });

  it('is not told of what is not sold any more', () => {
    expect(watchChanges(of([at(5)], { deleted: true, soldOutIn: ['c'] }))).toMatchObject({
      backIn: [],
      forgotten: ['c'],
    });
    expect(watchChanges(of([at(9)], { channels: [], soldOutIn: ['c'] })).forgotten).toEqual(['c']);
  });
});

it('has nothing to tell when it looks again', () => {
  const unit = fc.integer({ min: -3, max: 12 });
  const location = fc.record({
    locationId: fc.constantFrom('1', '2', '3'),
    onHand: unit,
    allocated: unit,
    lowThreshold: fc.option(unit),
    toldLow: fc.boolean(),
    channels: fc.subarray(['c', 'd']),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(location, { selector: ({ locationId }) => locationId }),
      fc.record({
        tracked: fc.boolean(),
        threshold: unit,
        deleted: fc.boolean(),
        channels: fc.subarray(['c', 'd']),
        soldOutIn: fc.subarray(['c', 'd', 'e']),
      }),
      (locations, more) => {
        const variant = of(locations, more);
        expect(isEmpty(watchChanges(after(variant, watchChanges(variant))))).toBe(true);
      },
    ),
  );
});
