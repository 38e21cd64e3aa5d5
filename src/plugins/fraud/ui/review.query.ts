import { gql } from 'graphql-tag';

/** What the API asks for. */
export const READ_REVIEW = 'ReadFraudReview';
export const UPDATE_REVIEW = 'UpdateFraudReview';
export const READ_ORDER = 'ReadOrder';

export type Recommendation = 'approve' | 'review' | 'decline';
export type Verdict = 'approve' | 'reject';
export type CaseStatus = 'open' | 'deciding' | 'approved' | 'rejected' | 'closed';
export type CaseClosing = 'payment_gone' | 'payment_captured' | 'order_cancelled';
export type Queue = 'open' | 'mine' | 'unassigned' | 'due' | 'failed' | 'ended';
export type LinkKind = 'customer' | 'email' | 'ip' | 'network' | 'device' | 'card' | 'address';

/** What is known besides a code, such as the count that was too high. */
export type Facts = Readonly<Record<string, string | number | boolean>> | null;

export interface Person {
  id: string;
  firstName: string;
  lastName: string;
  emailAddress: string;
}

/** As the queue shows it. */
export interface QueueCase {
  id: string;
  createdAt: string;
  status: CaseStatus;
  /** Null where nothing could be scored. */
  score: number | null;
  recommendation: Recommendation | null;
  amount: number;
  currencyCode: string;
  orderId: string;
  orderCode: string;
  dueAt: string;
  assignee: Person | null;
  assignedUntil: string | null;
  verdict: Verdict | null;
  problem: string | null;
  endedAt: string | null;
  closedBecause: CaseClosing | null;
}

export interface Reason {
  code: string;
  name: string | null;
  points: number;
  facts: Facts;
}

export interface DecisionPart {
  part: string;
  score: number | null;
  missing: string | null;
  reasons: Reason[];
}

export interface Contribution {
  part: string;
  code: string;
  name: string | null;
  score: number;
  facts: Facts;
}

export interface Signal {
  name: string;
  description: string;
  value: string | number | boolean;
}

export interface FiredRule {
  id: string;
  name: string | null;
  weight: number;
  action: string | null;
  shadow: boolean;
}

export interface Override {
  kind: string;
  source: string;
  name: string | null;
}

export interface Decision {
  id: string;
  at: string;
  phase: string;
  score: number;
  recommendation: Recommendation;
  decision: string;
  override: Override | null;
  parts: DecisionPart[];
  contributions: Contribution[];
  signals: Signal[];
  rules: FiredRule[];
  missing: string[];
  ruleSetVersion: number;
  modelVersion: string | null;
  shadows: Array<{ modelVersion: string; score: number; recommendation: Recommendation }>;
  timings: { signals: number; history: number; scoring: number; total: number };
}

export interface Place {
  latitude: number | null;
  longitude: number | null;
  country: string | null;
}

export interface Places {
  ip: Place | null;
  billing: Place | null;
  shipping: Place | null;
  distanceKm: number | null;
}

export interface LinkedOrder {
  order: { id: string; code: string; state: string };
  links: LinkKind[];
  attempts: number;
  at: string;
  score: number | null;
  fraud: boolean | null;
  outcomeSource: string | null;
  fraudCase: { id: string; status: CaseStatus } | null;
}

export interface CaseNote {
  id: string;
  createdAt: string;
  text: string;
  author: Person | null;
}

export interface CaseEntry {
  id: string;
  createdAt: string;
  kind: string;
  by: Person | null;
  text: string | null;
}

export interface PaymentAttempt {
  id: string;
  createdAt: string;
  kind: string;
  provider: string;
  amount: number;
  currencyCode: string;
  status: string;
  failureMessage: string | null;
}

export interface FraudCase extends QueueCase {
  updatedAt: string;
  captured: boolean;
  reason: string | null;
  decidedBy: Person | null;
  decidedAt: string | null;
  problemAt: string | null;
  decisions: Decision[];
  places: Places;
  paymentAttempts: PaymentAttempt[];
  linkedOrders: LinkedOrder[];
  notes: CaseNote[];
  history: CaseEntry[];
}

export interface Counts {
  open: number;
  mine: number;
  unassigned: number;
  due: number;
  failed: number;
}

interface Refused {
  message: string;
}

export type DecideResult =
  | (QueueCase & { __typename: 'FraudCase' })
  | (Refused & {
      __typename:
        'FraudCaseTakenError' | 'FraudCaseEndedError' | 'FraudCaseNotFoundError' | 'CardDataRefusedError';
    })
  | (Refused & { __typename: 'FraudCaseDecisionFailedError'; why: string; status: CaseStatus });

export type ChangeResult =
  | (QueueCase & { __typename: 'FraudCase' })
  | (Refused & {
      __typename:
        'FraudCaseTakenError' | 'FraudCaseEndedError' | 'FraudCaseNotFoundError' | 'CardDataRefusedError';
    });

export interface Page<T> {
  items: T[];
  totalItems: number;
}

const PERSON = gql`
  fragment FraudPagePerson on Administrator {
    id
    firstName
    lastName
    emailAddress
  }
`;

const QUEUE_CASE = gql`
  fragment FraudPageQueueCase on FraudCase {
    id
    createdAt
    status
    score
    recommendation
    amount
    currencyCode
    orderId
    orderCode
    dueAt
    assignee {
      ...FraudPagePerson
    }
    assignedUntil
    verdict
    problem
    endedAt
    closedBecause
  }
  ${PERSON}
`;

export const QUEUE = gql`
  query FraudPageQueue($queue: FraudCaseQueue, $options: FraudCaseListOptions) {
    fraudCases(queue: $queue, options: $options) {
      items {
        ...FraudPageQueueCase
      }
      totalItems
    }
    fraudCaseCounts {
      open
      mine
      unassigned
      due
      failed
    }
  }
  ${QUEUE_CASE}
`;

export const CASE = gql`
  query FraudPageCase($id: ID!) {
    fraudCase(id: $id) {
      ...FraudPageQueueCase
      updatedAt
      captured
      reason
      decidedBy {
        ...FraudPagePerson
      }
      decidedAt
      problemAt
      decisions {
        id
        at
        phase
        score
        recommendation
        decision
        override {
          kind
          source
          name
        }
        parts {
          part
          score
          missing
          reasons {
            code
            name
            points
            facts
          }
        }
        contributions {
          part
          code
          name
          score
          facts
        }
        signals {
          name
          description
          value
        }
        rules {
          id
          name
          weight
          action
          shadow
        }
        missing
        ruleSetVersion
        modelVersion
        shadows {
          modelVersion
          score
          recommendation
        }
        timings {
          signals
          history
          scoring
          total
        }
      }
      places {
        ip {
          ...FraudPagePlace
        }
        billing {
          ...FraudPagePlace
        }
        shipping {
          ...FraudPagePlace
        }
        distanceKm
      }
      paymentAttempts {
        id
        createdAt
        kind
        provider
        amount
        currencyCode
        status
        failureMessage
      }
      linkedOrders {
        order {
          id
          code
          state
        }
        links
        attempts
        at
        score
        fraud
        outcomeSource
        fraudCase {
          id
          status
        }
      }
      notes {
        id
        createdAt
        text
        author {
          ...FraudPagePerson
        }
      }
      history {
        id
        createdAt
        kind
        by {
          ...FraudPagePerson
        }
        text
      }
    }
  }
  fragment FraudPagePlace on FraudPlace {
    latitude
    longitude
    country
  }
  ${QUEUE_CASE}
`;

export const NEXT = gql`
  mutation FraudPageNext($except: [ID!]) {
    nextFraudCase(except: $except) {
      id
    }
  }
`;

export const ASSIGN = gql`
  mutation FraudPageAssign($input: AssignFraudCaseInput!) {
    result: assignFraudCase(input: $input) {
      ... on FraudCase {
        id
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export const RELEASE = gql`
  mutation FraudPageRelease($id: ID!) {
    result: releaseFraudCase(id: $id) {
      ... on FraudCase {
        id
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export const ADD_NOTE = gql`
  mutation FraudPageNote($input: FraudCaseNoteInput!) {
    result: addFraudCaseNote(input: $input) {
      ... on FraudCase {
        id
      }
      ... on ErrorResult {
        message
      }
    }
  }
`;

export const APPROVE = gql`
  mutation FraudPageApprove($input: ApproveFraudCaseInput!) {
    result: approveFraudCase(input: $input) {
      ... on FraudCase {
        ...FraudPageQueueCase
      }
      ... on ErrorResult {
        message
      }
      ... on FraudCaseDecisionFailedError {
        why: problem
        status
      }
    }
  }
  ${QUEUE_CASE}
`;

export const REJECT = gql`
  mutation FraudPageReject($input: RejectFraudCaseInput!) {
    result: rejectFraudCase(input: $input) {
      ... on FraudCase {
        ...FraudPageQueueCase
      }
      ... on ErrorResult {
        message
      }
      ... on FraudCaseDecisionFailedError {
        why: problem
        status
      }
    }
  }
  ${QUEUE_CASE}
`;

export const DECIDE_MANY = gql`
  mutation FraudPageDecideMany($input: DecideFraudCasesInput!) {
    results: decideFraudCases(input: $input) {
      id
      result {
        ... on FraudCase {
          ...FraudPageQueueCase
        }
        ... on ErrorResult {
          message
        }
        ... on FraudCaseDecisionFailedError {
          why: problem
          status
        }
      }
    }
  }
  ${QUEUE_CASE}
`;

export const ME = gql`
  query FraudPageMe {
    activeAdministrator {
      id
    }
  }
`;
