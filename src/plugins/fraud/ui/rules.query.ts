import { gql } from 'graphql-tag';

/** What the API asks for. */
export const READ_RULES = 'ReadFraudRules';
export const UPDATE_RULES = 'UpdateFraudRules';

export type Operator =
  | 'equals'
  | 'not_equals'
  | 'greater_than'
  | 'less_than'
  | 'between'
  | 'contains'
  | 'in_list'
  | 'matches'
  | 'exists';

export type RuleAction = 'allow' | 'review' | 'block';

export interface Field {
  name: string;
  type: 'number' | 'text' | 'boolean';
  description: string;
  operators: Operator[];
  personal: boolean;
}

export interface Condition {
  field: string;
  operator: Operator;
  value: string | number | boolean | [number, number];
}

export interface Group {
  match: 'all' | 'any';
  members: Array<Condition | Group>;
}

export interface Rule {
  id: string;
  name: string;
  enabled: boolean;
  shadow: boolean;
  expiresAt: string | null;
  when: Group;
  weight: number;
  action: RuleAction | null;
}

export interface Problem {
  /** Such as `rules.0.when.members.1.value`. */
  path: string;
  severity: 'error' | 'warning';
  message: string;
}

export interface RuleSet {
  __typename: 'FraudRuleSet';
  version: number;
  publishedAt: string | null;
  publishedBy: string | null;
  note: string | null;
  restoredFrom: number | null;
  rules: Rule[];
  problems: Problem[];
}

export interface Version {
  version: number;
  publishedAt: string;
  publishedBy: string | null;
  note: string | null;
  restoredFrom: number | null;
  ruleCount: number;
}

export interface Statistics {
  ruleId: string;
  name: string | null;
  fired: number;
  acted: number;
  decided: number;
  fraudsCaught: number;
  disputesCaught: number;
  goodStopped: number;
  open: number;
  fraudAmount: number;
  goodAmount: number;
}

export interface InvalidRules {
  __typename: 'FraudRulesInvalidError';
  message: string;
  problems: Problem[];
}

export interface Stale {
  __typename: 'FraudStaleError';
  message: string;
  currentVersion: number;
}

export type PublishAnswer =
  RuleSet | InvalidRules | Stale | { __typename: 'FraudVersionNotFoundError'; message: string };

export interface RulesPageData {
  fraudRules: RuleSet;
  fraudFields: Field[];
  fraudLists: Array<{ name: string }>;
  fraudSettings: { baseCurrency: string };
}

export const RULE_FIELDS = gql`
  fragment FraudPageRule on FraudRule {
    id
    name
    enabled
    shadow
    expiresAt
    when
    weight
    action
  }
`;

export const PROBLEM_FIELDS = gql`
  fragment FraudPageProblem on FraudProblem {
    path
    severity
    message
  }
`;

const RULE_SET = gql`
  fragment FraudPageRuleSet on FraudRuleSet {
    version
    publishedAt
    publishedBy
    note
    restoredFrom
    rules {
      ...FraudPageRule
    }
    problems {
      ...FraudPageProblem
    }
  }
  ${RULE_FIELDS}
  ${PROBLEM_FIELDS}
`;

export const RULES = gql`
  query FraudPageRules {
    fraudRules {
      ...FraudPageRuleSet
    }
    fraudFields {
      name
      type
      description
      operators
      personal
    }
    fraudLists {
      id
      name
    }
    fraudSettings {
      baseCurrency
    }
  }
  ${RULE_SET}
`;

export const CHECK = gql`
  query FraudPageCheckRules($rules: [FraudRuleInput!]!) {
    checkFraudRules(rules: $rules) {
      valid
      problems {
        ...FraudPageProblem
      }
    }
  }
  ${PROBLEM_FIELDS}
`;

export const STATISTICS = gql`
  query FraudPageRuleStatistics($from: DateTime!, $to: DateTime!) {
    fraudRuleStatistics(from: $from, to: $to) {
      ruleId
      name
      fired
      acted
      decided
      fraudsCaught
      disputesCaught
      goodStopped
      open
      fraudAmount
      goodAmount
    }
  }
`;

export const PUBLISH = gql`
  mutation FraudPagePublishRules($input: PublishFraudRulesInput!) {
    result: publishFraudRules(input: $input) {
      ... on FraudRuleSet {
        ...FraudPageRuleSet
      }
      ... on ErrorResult {
        message
      }
      ... on FraudRulesInvalidError {
        problems {
          ...FraudPageProblem
        }
      }
      ... on FraudStaleError {
        currentVersion
      }
    }
  }
  ${RULE_SET}
`;

export const RESTORE = gql`
  mutation FraudPageRestoreRules($input: RestoreFraudRulesInput!) {
    result: restoreFraudRules(input: $input) {
      ... on FraudRuleSet {
        ...FraudPageRuleSet
      }
      ... on ErrorResult {
        message
      }
      ... on FraudRulesInvalidError {
        problems {
          ...FraudPageProblem
        }
      }
      ... on FraudStaleError {
        currentVersion
      }
    }
  }
  ${RULE_SET}
`;

export const VERSIONS = gql`
  query FraudPageRuleVersions($options: FraudPageOptions) {
    fraudRuleSetVersions(options: $options) {
      items {
        version
        publishedAt
        publishedBy
        note
        restoredFrom
        ruleCount
      }
      totalItems
    }
  }
`;

export const VERSION = gql`
  query FraudPageRuleVersion($version: Int!) {
    fraudRuleSetVersion(version: $version) {
      ...FraudPageRuleSet
    }
  }
  ${RULE_SET}
`;
