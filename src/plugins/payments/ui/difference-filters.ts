import type { DifferenceKind, DisputeStatus } from './reconciliation.query';

/** Differences and disputes of one page; each difference is a table of its own. */
export const DIFFERENCES_PAGE = 10;
export const DISPUTES_PAGE = 25;

export interface DifferencesFilter {
  status: 'open' | 'resolved' | '';
  kind: DifferenceKind | '';
  provider: string;
}

export const OPEN_DIFFERENCES: DifferencesFilter = { status: 'open', kind: '', provider: '' };

export interface DisputesFilter {
  /** `open`: not decided yet. */
  status: DisputeStatus | 'open' | '';
  provider: string;
}

export const ALL_DISPUTES: DisputesFilter = { status: '', provider: '' };

type Options = Record<string, unknown>;

export function differencesOptions({ status, kind, provider }: DifferencesFilter, skip: number): Options {
  return {
    filter: { ...equal({ status, kind, provider: provider.trim() }) },
    skip,
    take: DIFFERENCES_PAGE,
  };
}

export function disputesOptions({ status, provider }: DisputesFilter, skip: number): Options {
  const open: readonly DisputeStatus[] = ['needs_response', 'under_review'];
  return {
    filter: {
      ...(status === 'open' ? { status: { in: open } } : equal({ status })),
      ...equal({ provider: provider.trim() }),
    },
    skip,
    take: DISPUTES_PAGE,
  };
}

/** A condition for each field that is filled in. */
function equal(fields: Record<string, string>): Options {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, { eq: value }]),
  );
}
