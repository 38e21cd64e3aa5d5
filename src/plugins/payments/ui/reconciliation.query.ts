import { gql } from 'graphql-tag';

/** What the API asks for. */
export const READ_RECONCILIATION = 'ReadPaymentReconciliation';
export const UPDATE_RECONCILIATION = 'UpdatePaymentReconciliation';

export type DifferenceKind =
  | 'unknown_payment'
  | 'missing_at_provider'
  | 'amount_differs'
  | 'captured_elsewhere'
  | 'captured_less'
  | 'refunded_elsewhere'
  | 'refund_missing'
  | 'voided_elsewhere'
  | 'held_at_provider'
  | 'order_cancelled'
  | 'authorization_expiring'
  | 'stranded'
  | 'outcome_unknown';

export type DifferenceAction =
  | 'ACCEPT_PROVIDER'
  | 'REFUND'
  | 'VOID'
  | 'CAPTURE'
  | 'DECIDE_MOVED'
  | 'DECIDE_NOT_MOVED'
  | 'CHECK_AGAIN'
  | 'IGNORE';

export type Resolution = 'agreed' | 'accepted' | 'refunded' | 'voided' | 'captured' | 'decided' | 'ignored';

/** What one side says of a payment. */
export interface Side {
  status: string;
  amount: number;
  currencyCode: string;
  captured: number;
  refunded: number;
  fees: number | null;
  disputed: boolean;
  transactionId: string | null;
}

/** An order as far as lists name it; nothing where it is gone, or of no order at all. */
export interface OrderName {
  id: string;
  code: string;
}

export interface Difference {
  id: string;
  createdAt: string;
  kind: DifferenceKind;
  status: 'open' | 'resolved';
  provider: string;
  order: OrderName | null;
  currencyCode: string;
  ours: Side;
  /** Nothing where the provider knows of no such payment, or cannot be asked. */
  theirs: Side | null;
  amount: number;
  actions: DifferenceAction[];
  lastSeenAt: string;
  resolvedAt: string | null;
  resolution: Resolution | null;
  resolvedBy: { firstName: string; lastName: string } | null;
  note: string | null;
}

export interface List<T> {
  items: T[];
  totalItems: number;
}

const SIDE_FIELDS = gql`
  fragment DifferencesPageSide on PaymentSide {
    status
    amount
    currencyCode
    captured
    refunded
    fees
    disputed
    transactionId
  }
`;

export const DIFFERENCES = gql`
  query DifferencesPageList($options: PaymentDifferenceListOptions) {
    paymentDifferences(options: $options) {
      items {
        id
        createdAt
        kind
        status
        provider
        order {
          id
          code
        }
        currencyCode
        ours {
          ...DifferencesPageSide
        }
        theirs {
          ...DifferencesPageSide
        }
        amount
        actions
        lastSeenAt
        resolvedAt
        resolution
        resolvedBy {
          firstName
          lastName
        }
        note
      }
      totalItems
    }
  }
  ${SIDE_FIELDS}
`;

export const RESOLVE = gql`
  mutation DifferencesPageResolve($input: ResolvePaymentDifferenceInput!) {
    result: resolvePaymentDifference(input: $input) {
      ... on PaymentDifference {
        id
        status
        resolution
      }
      ... on PaymentDifferenceResolvedError {
        # Under a name of its own: the other one may be null.
        resolvedAs: resolution
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export type ResolveAnswer =
  | { __typename: 'PaymentDifference'; status: Difference['status']; resolution: Resolution | null }
  | { __typename: 'PaymentDifferenceResolvedError'; resolvedAs: Resolution }
  // Of which nothing came; for people.
  | { __typename: 'PaymentOutcomeUnknownError' | 'ErrorResult'; message: string };

export type RunState = 'queued' | 'running' | 'done' | 'failed';

/** One comparison of the ledger with the providers. */
export interface Run {
  id: string;
  createdAt: string;
  state: RunState;
  trigger: string;
  startedAt: string | null;
  endedAt: string | null;
  checked: number;
  repaired: number;
  differences: number;
  unreachable: number;
  error: string | null;
}

const RUN_FIELDS = gql`
  fragment DifferencesPageRun on PaymentReconciliationRun {
    id
    createdAt
    state
    trigger
    startedAt
    endedAt
    checked
    repaired
    differences
    unreachable
    error
  }
`;

export const RUNS = gql`
  query DifferencesPageRuns($options: PaymentReconciliationRunListOptions) {
    paymentReconciliationRuns(options: $options) {
      items {
        ...DifferencesPageRun
      }
      totalItems
    }
  }
  ${RUN_FIELDS}
`;

export const RUN_NOW = gql`
  mutation DifferencesPageRunNow {
    reconcilePayments {
      ...DifferencesPageRun
    }
  }
  ${RUN_FIELDS}
`;

export type DisputeStatus = 'needs_response' | 'under_review' | 'won' | 'lost';

export interface Dispute {
  id: string;
  provider: string;
  providerDisputeId: string;
  paymentId: string | null;
  amount: number;
  currencyCode: string;
  reason: string;
  status: DisputeStatus;
  respondBy: string | null;
  openedAt: string;
  closedAt: string | null;
}

export const DISPUTE_FIELDS = gql`
  fragment PaymentsPageDispute on PaymentDispute {
    id
    provider
    providerDisputeId
    paymentId
    amount
    currencyCode
    reason
    status
    respondBy
    openedAt
    closedAt
  }
`;

export const DISPUTES = gql`
  query DifferencesPageDisputes($options: PaymentDisputeListOptions) {
    paymentDisputes(options: $options) {
      items {
        ...PaymentsPageDispute
        order {
          id
          code
        }
      }
      totalItems
    }
  }
  ${DISPUTE_FIELDS}
`;
