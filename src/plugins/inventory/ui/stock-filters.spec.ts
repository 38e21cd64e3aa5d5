import {
  NO_LEDGER_FILTER,
  NO_OVERVIEW_FILTER,
  OPEN_PICK_LISTS,
  ledgerOptions,
  openingOf,
  overviewOptions,
  pickListsOptions,
} from './stock-filters';

describe('the filters of the Stock page', () => {
  it('ask for what is filled in, and for nothing else', () => {
    expect(overviewOptions(NO_OVERVIEW_FILTER, 0)).toEqual({ skip: 0, take: 25 });
    expect(overviewOptions({ term: ' lamp ', stockLocationId: '2', lowOnly: true }, 25)).toEqual({
      term: 'lamp',
      stockLocationId: '2',
      lowOnly: true,
      skip: 25,
      take: 25,
    });
    expect(pickListsOptions(OPEN_PICK_LISTS, 0)).toEqual({ state: 'open', skip: 0, take: 25 });
  });

  it('ask for a page of the ledger by its cursor', () => {
    expect(ledgerOptions(NO_LEDGER_FILTER, undefined)).toEqual({ take: 25 });
    expect(ledgerOptions({ ...NO_LEDGER_FILTER, kind: 'SALE', sku: 'A-1' }, 'cursor')).toEqual({
      sku: 'A-1',
      kinds: ['SALE'],
      after: 'cursor',
      take: 25,
    });
  });

  it('send local times as instants, and leave out what is no time', () => {
    const options = ledgerOptions(
      { ...NO_LEDGER_FILTER, from: '2026-01-02T03:04:05', to: 'soon' },
      undefined,
    );
    expect(options).toEqual({ from: new Date('2026-01-02T03:04:05').toISOString(), take: 25 });
  });

  it('are set by a link', () => {
    expect(openingOf({ tab: 'ledger', order: 'ORD-1' })).toEqual({
      tab: 'ledger',
      ledger: { ...NO_LEDGER_FILTER, orderCode: 'ORD-1' },
    });
    expect(openingOf({})).toEqual({ tab: undefined, ledger: NO_LEDGER_FILTER });
  });
});
