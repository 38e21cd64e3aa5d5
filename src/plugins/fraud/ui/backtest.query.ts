import { gql } from 'graphql-tag';
import type { Recommendation } from './review.query';
import { PROBLEM_FIELDS, type InvalidRules, type Problem } from './rules.query';

export interface Count {
  attempts: number;
  amount: number;
}

export interface Cell {
  then: Recommendation;
  now: Recommendation;
  all: Count;
  fraud: Count;
  good: Count;
}

export interface Figures {
  approved: Count;
  reviewed: Count;
  declined: Count;
  fraudsCaught: Count;
  fraudsMissed: Count;
  goodLost: Count;
  goodReviewed: Count;
}

export interface TestedRule {
  ruleId: string;
  name: string;
  fired: Count;
  decided: Count;
  fraud: Count;
  good: Count;
}

export interface Example {
  decisionId: string;
  orderId: string;
  orderCode: string | null;
  at: string;
  amount: number;
  currencyCode: string;
  then: Recommendation;
  now: Recommendation;
  scoreThen: number;
  scoreNow: number;
  rules: string[];
  fraud: boolean | null;
}

export interface Result {
  cells: Cell[];
  then: Figures;
  now: Figures;
  changed: number;
  rescored: number;
  unknown: number;
  rules: TestedRule[];
  examples: Example[];
}

export type BacktestState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Backtest {
  __typename: 'FraudBacktest';
  id: string;
  state: BacktestState;
  from: string;
  to: string;
  checked: number;
  total: number | null;
  progress: number;
  error: string | null;
  result: Result | null;
}

export type StartAnswer =
  | Backtest
  | InvalidRules
  | { __typename: 'FraudBacktestInputError'; message: string; problems: Problem[] }
  | { __typename: 'FraudVersionNotFoundError' | 'FraudBacktestBusyError'; message: string };

const BACKTEST_FIELDS = gql`
  fragment FraudPageCount on FraudBacktestCount {
    attempts
    amount
  }
  fragment FraudPageFigures on FraudBacktestFigures {
    approved {
      ...FraudPageCount
    }
    reviewed {
      ...FraudPageCount
    }
    declined {
      ...FraudPageCount
    }
    fraudsCaught {
      ...FraudPageCount
    }
    fraudsMissed {
      ...FraudPageCount
    }
    goodLost {
      ...FraudPageCount
    }
    goodReviewed {
      ...FraudPageCount
    }
  }
  fragment FraudPageBacktest on FraudBacktest {
    id
    state
    from
    to
    checked
    total
    progress
    error
    result {
      cells {
        then
        now
        all {
          ...FraudPageCount
        }
        fraud {
          ...FraudPageCount
        }
        good {
          ...FraudPageCount
        }
      }
      then {
        ...FraudPageFigures
      }
      now {
        ...FraudPageFigures
      }
      changed
      rescored
      unknown
      rules {
        ruleId
        name
        fired {
          ...FraudPageCount
        }
        decided {
          ...FraudPageCount
        }
        fraud {
          ...FraudPageCount
        }
        good {
          ...FraudPageCount
        }
      }
      examples {
        decisionId
        orderId
        orderCode
        at
        amount
        currencyCode
        then
        now
        scoreThen
        scoreNow
        rules
        fraud
      }
    }
  }
`;

export const START_BACKTEST = gql`
  mutation FraudPageStartBacktest($input: StartFraudBacktestInput!) {
    result: startFraudBacktest(input: $input) {
      ... on FraudBacktest {
        ...FraudPageBacktest
      }
      ... on ErrorResult {
        message
      }
      ... on FraudRulesInvalidError {
        problems {
          ...FraudPageProblem
        }
      }
      ... on FraudBacktestInputError {
        problems {
          ...FraudPageProblem
        }
      }
    }
  }
  ${BACKTEST_FIELDS}
  ${PROBLEM_FIELDS}
`;

export const BACKTEST = gql`
  query FraudPageBacktest($id: ID!) {
    fraudBacktest(id: $id) {
      ...FraudPageBacktest
    }
  }
  ${BACKTEST_FIELDS}
`;

export const CANCEL_BACKTEST = gql`
  mutation FraudPageCancelBacktest($id: ID!) {
    cancelFraudBacktest(id: $id) {
      ...FraudPageBacktest
    }
  }
  ${BACKTEST_FIELDS}
`;
