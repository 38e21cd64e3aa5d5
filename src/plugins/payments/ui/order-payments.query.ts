import { gql } from 'graphql-tag';
import { DISPUTE_FIELDS, type Dispute } from './reconciliation.query';

/** What the API asks for. */
export const READ_ORDER = 'ReadOrder';
export const UPDATE_ORDER = 'UpdateOrder';

export type AttemptKind = 'authorize' | 'capture' | 'void' | 'refund';

export type AttemptStatus =
  'open' | 'pending' | 'processing' | 'authorized' | 'succeeded' | 'failed' | 'cancelled' | 'unknown';

export interface AttemptEntry {
  id: string;
  createdAt: string;
  /** A shop of a later version may know more kinds. */
  kind: string;
  status: AttemptStatus;
  note: string | null;
}

export interface Attempt {
  id: string;
  createdAt: string;
  kind: AttemptKind;
  provider: string;
  method: string;
  amount: number;
  currencyCode: string;
  status: AttemptStatus;
  disposition: 'none' | 'applied' | 'stranded' | 'returned';
  reference: string;
  transactionId: string | null;
  fees: number | null;
  failureKind: 'declined' | 'unavailable' | 'invalid' | null;
  failureCode: string | null;
  failureMessage: string | null;
  strandedBecause: string | null;
  paymentId: string | null;
  refundId: string | null;
  entries: AttemptEntry[];
}

export interface OrderRefund {
  id: string;
  total: number;
  state: string;
  /** A change of the order that lets go of a reserved amount is a refund for the platform, though nothing was taken. */
  metadata: { released?: boolean } | null;
}

/** The platform's payment. */
export interface OrderPayment {
  id: string;
  createdAt: string;
  method: string;
  amount: number;
  state: string;
  transactionId: string | null;
  errorMessage: string | null;
  refunds: OrderRefund[];
}

export interface PaymentsOrder {
  id: string;
  updatedAt: string;
  currencyCode: string;
  totalWithTax: number;
  payments: OrderPayment[] | null;
  paymentAttempts: Attempt[];
  paymentDisputes: Dispute[];
}

const ATTEMPT_FIELDS = gql`
  fragment OrderPageAttempt on PaymentAttempt {
    id
    createdAt
    kind
    provider
    method
    amount
    currencyCode
    status
    disposition
    reference
    transactionId
    fees
    failureKind
    failureCode
    failureMessage
    strandedBecause
    paymentId
    refundId
    entries {
      id
      createdAt
      kind
      status
      note
    }
  }
`;

export const ORDER_PAYMENTS = gql`
  query OrderPagePayments($id: ID!) {
    order(id: $id) {
      id
      updatedAt
      currencyCode
      totalWithTax
      payments {
        id
        createdAt
        method
        amount
        state
        transactionId
        errorMessage
        refunds {
          id
          total
          state
          metadata
        }
      }
      paymentAttempts {
        ...OrderPageAttempt
      }
      paymentDisputes {
        ...PaymentsPageDispute
      }
    }
  }
  ${ATTEMPT_FIELDS}
  ${DISPUTE_FIELDS}
`;

export interface OrderPaymentsResult {
  order: PaymentsOrder | null;
}

export const DECIDE = gql`
  mutation OrderPageDecide($input: DecidePaymentAttemptInput!) {
    result: decidePaymentAttempt(input: $input) {
      ... on PaymentAttempt {
        id
        status
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export type DecideAnswer =
  { __typename: 'PaymentAttempt'; status: AttemptStatus } | { __typename: 'ErrorResult'; message: string };

export const CAPTURE = gql`
  mutation OrderPageCapture($input: CapturePaymentInput!) {
    result: capturePayment(input: $input) {
      ... on Payment {
        id
        state
      }
      ... on SettlePaymentError {
        paymentErrorMessage
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export type CaptureAnswer =
  | { __typename: 'Payment' }
  | { __typename: 'SettlePaymentError'; message: string; paymentErrorMessage: string }
  | { __typename: 'PaymentOutcomeUnknownError' | 'ErrorResult'; message: string };
