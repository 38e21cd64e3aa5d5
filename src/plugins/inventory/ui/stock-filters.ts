import type { LedgerKind, PickListState } from './stock.query';

/** Rows of one page. */
export const PAGE_SIZE = 25;

/** The fields above a list, as they are typed; empty for all. */
export interface OverviewFilter {
  term: string;
  stockLocationId: string;
  lowOnly: boolean;
}

export const NO_OVERVIEW_FILTER: OverviewFilter = { term: '', stockLocationId: '', lowOnly: false };

export interface HoldsFilter {
  term: string;
  stockLocationId: string;
}

export const NO_HOLDS_FILTER: HoldsFilter = { term: '', stockLocationId: '' };

export interface LedgerFilter {
  sku: string;
  stockLocationId: string;
  orderCode: string;
  kind: LedgerKind | '';
  /** Local times as `<input type="datetime-local">` gives them. */
  from: string;
  to: string;
}

export const NO_LEDGER_FILTER: LedgerFilter = {
  sku: '',
  stockLocationId: '',
  orderCode: '',
  kind: '',
  from: '',
  to: '',
};

export interface PickListsFilter {
  stockLocationId: string;
  state: PickListState;
}

export const OPEN_PICK_LISTS: PickListsFilter = { stockLocationId: '', state: 'open' };

type Options = Record<string, unknown>;

export function overviewOptions({ term, stockLocationId, lowOnly }: OverviewFilter, skip: number): Options {
  return { ...given({ term, stockLocationId }), ...(lowOnly ? { lowOnly } : {}), skip, take: PAGE_SIZE };
}

export function holdsOptions(filter: HoldsFilter, skip: number): Options {
  return { ...given({ ...filter }), skip, take: PAGE_SIZE };
}

export function pickListsOptions(filter: PickListsFilter, skip: number): Options {
  return { ...given({ ...filter }), skip, take: PAGE_SIZE };
}

/** @param after the cursor of the page before; nothing for the first page */
export function ledgerOptions(filter: LedgerFilter, after: string | undefined): Options {
  const { kind, from, to, ...fields } = filter;
  return {
    ...given({ ...fields, from: toInstant(from) ?? '', to: toInstant(to) ?? '' }),
    ...(kind === '' ? {} : { kinds: [kind] }),
    ...(after === undefined ? {} : { after }),
    take: PAGE_SIZE,
  };
}

/** What the page shows when it is opened by a link, such as that of an order. */
export interface Opening {
  tab: string | undefined;
  ledger: LedgerFilter;
}

export function openingOf(query: Readonly<Record<string, string | undefined>>): Opening {
  return {
    tab: query.tab,
    ledger: { ...NO_LEDGER_FILTER, sku: query.sku ?? '', orderCode: query.order ?? '' },
  };
}

/** The fields that are filled in. */
function given(fields: Record<string, string>): Options {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** The instant of a local time as an input gives it; nothing for none, or one that cannot be. */
function toInstant(local: string): string | undefined {
  const time = new Date(local).getTime();
  return local === '' || Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
